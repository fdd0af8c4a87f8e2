import type { Line, Table } from '../contracts/table.ts';
import { NRMSE_PERCENT } from '../measures/reconstruction.ts';
import { reconstructionMethods, reconstructionValue } from './reading/reconstruction-methods.ts';
import { baseOfChanges, changesIn } from './reading/reconstruction-changes.ts';

const table: Table = {
  title: 'Other data than in training',
  order: 4,
  beside: 'reconstruction-robustness',
  caption:
    'NRMSE in per cent of unseen subjects with the noise, the acceleration or the contrast changed against training, against the choice of weights ' +
    'included; and, unchanged, of another head. Means over subjects with their 95 % intervals.',
  build(rows) {
    const changes = changesIn(rows);
    const base = baseOfChanges(rows);
    if (changes.length === 0 || base === undefined) return null;
    return {
      columns: [
        { name: 'method', label: 'Method' },
        { name: 'unchanged', label: 'Unchanged (%)', decimals: 2 },
        ...changes.map(({ name }) => ({
          name: name.toLowerCase().replaceAll(/\W+/g, '_'),
          label: `${name} (%)`,
          decimals: 2,
        })),
        { name: 'another_head', label: 'Another head (%)', decimals: 2 },
      ],
      lines: reconstructionMethods(rows).flatMap((method): Line[] => {
        const of = (factors: Parameters<typeof reconstructionValue>[3]) =>
          reconstructionValue(rows, method, NRMSE_PERCENT, factors);
        if (changes.every(({ name }) => of({ changed: name }) === null)) return [];
        return [
          {
            values: [
              method,
              of({ set: 'test', ...base }),
              ...changes.map(({ name }) => of({ set: 'test', changed: name })),
              of({ set: 'other', ...base }),
            ],
          },
        ];
      }),
    };
  },
};
export default table;
