import type { Row } from '../contracts/metric.ts';
import type { ValueWithInterval, Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { quantityOf } from '../measures/quantities.ts';
import { BEST_RMSE_RATIO, CHOSEN_RMSE, LOSS_RANK_CORRELATION } from '../measures/repeated-trainings.ts';
import { numericFactor } from './reading/factor.ts';
import { byName } from './reading/series.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'Errors of the training with the lowest loss',
  order: 5.2,
  beside: 'per-snr',
  caption:
    'RMSE of the networks with the lowest, median and highest loss among those trained on the voxels of each noise level; the RMSE of ' +
    'the network with the lowest loss divided by the median of all; and the rank correlation of loss and RMSE over runs. The line ' +
    'without SNR is the geometric mean over all, with a 95 % interval over noise levels.',
  build(rows) {
    const own = rows.filter(({ experiment }) => experiment === 'per-snr');
    const ratios = own.filter(({ metric }) => metric === BEST_RMSE_RATIO.name);
    if (ratios.length === 0) return null;
    const snr = (row: Row) => numericFactor(row, 'snr');
    const lines = PARAMETERS.flatMap((parameter) => {
      const { shownUnit: unit, scale } = quantityOf(parameter);
      return ratios
        .filter((row) => row.parameter === parameter)
        .toSorted((a, b) => byName(a.method, b.method) || descending(snr(a), snr(b)))
        .map((line) => {
          const find = (metric: string, chosen?: string): ValueWithInterval | null => {
            const row = own.find(
              (each) =>
                each.metric === metric &&
                each.parameter === parameter &&
                each.method === line.method &&
                Object.is(snr(each), snr(line)) &&
                each.factors.chosen === chosen,
            );
            return withInterval(row);
          };
          return {
            scale,
            values: [
              line.method,
              { raw: parameter, shown: `${parameter} (${unit})` },
              Number.isNaN(snr(line)) ? null : snr(line),
              find(CHOSEN_RMSE.name, 'best'),
              find(CHOSEN_RMSE.name, 'median'),
              find(CHOSEN_RMSE.name, 'worst'),
              find(BEST_RMSE_RATIO.name),
              find(LOSS_RANK_CORRELATION.name)?.value ?? null,
            ],
          };
        });
    });
    return {
      columns: [
        { name: 'fitter', label: 'Fitter' },
        { name: 'parameter', label: 'Parameter' },
        { name: 'snr', label: 'SNR' },
        { name: 'rmse_lowest_loss', label: 'RMSE, lowest loss', scaled: true },
        { name: 'rmse_middle_loss', label: 'RMSE, middle loss', scaled: true },
        { name: 'rmse_highest_loss', label: 'RMSE, highest loss', scaled: true },
        { name: 'lowest_over_median', label: 'Lowest / median' },
        { name: 'rank_correlation', label: 'Loss and RMSE', decimals: 2 },
      ],
      lines,
    };
  },
};
export default table;

/** What has no number comes last. */
const descending = (a: number, b: number): number =>
  Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : b - a;
