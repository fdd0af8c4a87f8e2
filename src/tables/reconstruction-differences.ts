import type { Line, Table } from '../contracts/table.ts';
import { NRMSE_DIFFERENCE, NRMSE_RATIO } from '../measures/reconstruction.ts';
import { numericFactor } from './reading/factor.ts';
import { IMAGE_SETS } from './reading/image-methods.ts';
import {
  RECONSTRUCTION_COLUMNS,
  reconstructionMethods,
  reconstructionValue,
} from './reading/reconstruction-methods.ts';

const table: Table = {
  title: 'Differences between reconstructions',
  order: 2,
  beside: 'reconstruction-errors',
  caption:
    'NRMSE of a network less that of another method on the same subjects and the same measured data, and divided by it: means over subjects ' +
    'with their 95 % intervals. Below 0, and below 1, the network is nearer to the truth. Compressed sensing is the better of total variation and wavelets on ' +
    'validation subjects.',
  build(rows) {
    const lines = IMAGE_SETS.flatMap(([set, label]) =>
      reconstructionMethods(rows).flatMap((method) =>
        rows
          .filter(
            (row) => row.metric === NRMSE_DIFFERENCE.name && row.method === method && row.factors.set === set,
          )
          .toSorted(
            (a, b) =>
              numericFactor(a, 'coils') - numericFactor(b, 'coils') ||
              numericFactor(a, 'acceleration') - numericFactor(b, 'acceleration'),
          )
          .map(({ factors, value, ciLow, ciHigh, n }): Line => ({
            values: [
              label,
              factors.coils ?? null,
              factors.acceleration ?? null,
              method,
              String(factors.compared_with),
              { value, low: ciLow, high: ciHigh },
              reconstructionValue(rows, method, NRMSE_RATIO, factors),
              n,
            ],
          })),
      ),
    );
    if (lines.length === 0) return null;
    return {
      columns: [
        ...RECONSTRUCTION_COLUMNS,
        { name: 'compared_with', label: 'Compared with' },
        { name: 'nrmse_percent_difference', label: 'Difference of NRMSE (%)', decimals: 2 },
        { name: 'nrmse_ratio', label: 'Ratio of NRMSE', decimals: 3 },
        { name: 'subjects', label: 'Number of subjects' },
      ],
      lines,
    };
  },
};
export default table;
