import type { Table } from '../contracts/table.ts';
import { RMSE_DIFFERENCE } from '../measures/synthesis.ts';
import { imageMethods, imageSets } from './reading/image-methods.ts';
import { byName } from './reading/series.ts';

const table: Table = {
  title: 'Differences between images',
  order: 3,
  beside: 'image-errors',
  caption:
    'Error in per cent less that of another image of the same subjects: the mean of the paired differences with its 95 % interval over subjects. ' +
    'Below 0 the first is nearer.',
  build(rows) {
    const lines = imageSets(rows).flatMap(([set, label]) =>
      imageMethods(rows).flatMap(({ name, rows: own }) =>
        own
          .filter(({ metric, factors }) => metric === RMSE_DIFFERENCE.name && factors.set === set)
          .toSorted(
            (a, b) =>
              byName(String(a.factors.reference), String(b.factors.reference)) ||
              byName(String(a.factors.compared_with), String(b.factors.compared_with)),
          )
          .map(({ factors, value, ciLow, ciHigh, n }) => ({
            values: [
              label,
              name,
              String(factors.compared_with),
              String(factors.reference),
              { value, low: ciLow, high: ciHigh },
              n,
            ],
          })),
      ),
    );
    if (lines.length === 0) return null;
    return {
      columns: [
        { name: 'set', label: 'Subjects' },
        { name: 'method', label: 'Image' },
        { name: 'compared_with', label: 'Compared with' },
        { name: 'reference', label: 'Reference' },
        { name: 'rmse_percent_difference', label: 'Difference of RMSE (%)', decimals: 2 },
        { name: 'subjects', label: 'Number of subjects' },
      ],
      lines,
    };
  },
};
export default table;
