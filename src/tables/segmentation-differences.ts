import type { Line, Table } from '../contracts/table.ts';
import { ALL_REGIONS, DICE, DICE_DIFFERENCE } from '../measures/segmentation.ts';
import { segmentationMethods, segmentationValue } from './reading/segmentation-methods.ts';
import { TRUTH } from '../contracts/metric.ts';

const table: Table = {
  title: 'Differences between methods and ways of training',
  order: 2,
  beside: 'segmentation-dice',
  caption:
    'Mean Dice over regions against the truth, and its difference from that of another method in the same people, with their 95 % intervals. Other ways of ' +
    'training than the study’s are trained for its first folds alone; their differences are from the study’s own on these.',
  build(rows) {
    const lines = segmentationMethods(rows).flatMap((method) =>
      rows
        .filter(
          (row) =>
            row.metric === DICE_DIFFERENCE.name &&
            row.method === method.method &&
            (row.factors.condition ?? '') === method.condition &&
            row.factors.region === ALL_REGIONS,
        )
        .map(({ factors, value, ciLow, ciHigh, n }): Line => ({
          values: [
            method.name,
            segmentationValue(rows, method, DICE, { region: ALL_REGIONS, reference: TRUTH }),
            String(factors.compared_with),
            { value, low: ciLow, high: ciHigh },
            n,
          ],
        })),
    );
    if (lines.length === 0) return null;
    return {
      columns: [
        { name: 'method', label: 'Method' },
        { name: 'dice', label: 'Dice', decimals: 3 },
        { name: 'compared_with', label: 'Compared with' },
        { name: 'dice_difference', label: 'Difference of Dice', decimals: 3 },
        { name: 'people', label: 'Number of people' },
      ],
      lines,
    };
  },
};
export default table;
