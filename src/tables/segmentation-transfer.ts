import type { Row } from '../contracts/metric.ts';
import type { Line, Table } from '../contracts/table.ts';
import {
  PEOPLE_NEEDED,
  PEOPLE_SAVED,
  STARTS,
  TRANSFER_DICE,
  TRANSFER_DICE_DIFFERENCE,
} from '../measures/segmentation-transfer.ts';
import { numericFactor } from './reading/factor.ts';
import { withInterval } from './reading/with-interval.ts';

const ORDER = Object.values(STARTS);

const table: Table = {
  title: 'People saved by fine-tuning',
  order: 1.2,
  beside: 'segmentation-transfer',
  caption:
    'Mean Dice with the true regions in people of the other field, its difference from a training from scratch on the same people, the number of people that training from scratch ' +
    'would need for it, and how many that saves, with 95 % intervals over tested people. A number that equals the largest of the study stands for that or more, and its upper limit says nothing.',
  build(rows) {
    const dice = rows
      .filter(({ metric }) => metric === TRANSFER_DICE.name)
      .sort(
        (a, b) =>
          ORDER.indexOf(a.factors.start as (typeof ORDER)[number]) -
            ORDER.indexOf(b.factors.start as (typeof ORDER)[number]) ||
          numericFactor(a, 'people') - numericFactor(b, 'people'),
      );
    if (dice.length === 0) return null;
    return {
      columns: [
        { name: 'start', label: 'Network' },
        { name: 'people', label: 'People of the other field' },
        { name: 'dice', label: 'Dice', decimals: 3 },
        { name: 'dice_difference', label: 'Less that from scratch', decimals: 3 },
        { name: 'people_needed', label: 'People needed from scratch', decimals: 1 },
        { name: 'people_saved', label: 'People saved', decimals: 1 },
      ],
      lines: dice.map((row): Line => {
        const of = ({ name }: { readonly name: string }) => withInterval(counterpart(rows, row, name));
        return {
          values: [
            String(row.factors.start),
            numericFactor(row, 'people'),
            withInterval(row),
            of(TRANSFER_DICE_DIFFERENCE),
            of(PEOPLE_NEEDED),
            of(PEOPLE_SAVED),
          ],
        };
      }),
    };
  },
};
export default table;

const counterpart = (rows: readonly Row[], { method, factors }: Row, metric: string): Row | undefined =>
  rows.find(
    (row) =>
      row.metric === metric &&
      row.method === method &&
      row.factors.start === factors.start &&
      row.factors.people === factors.people,
  );
