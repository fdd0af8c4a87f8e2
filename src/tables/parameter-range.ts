import type { Row } from '../contracts/metric.ts';
import type { ValueWithInterval, Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { RMSE_RATIO } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { BEYOND_FRACTION, MEDIAN_RMSE, SPREAD_RATIO } from '../measures/repeated-trainings.ts';
import { numericFactor } from './reading/factor.ts';
import { byName } from './reading/series.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'Range of Dp',
  order: 5.3,
  beside: 'parameter-range',
  caption:
    'Networks trained and tested with different upper ends of Dp, medians over runs: the RMSE and its ratio to that under the ' +
    'narrowest range, the standard deviation of the estimates divided by that of the truth (1 if estimates vary as much as the truth, ' +
    'less if they are shrunk), and the fraction of estimates outside the true range. Intervals are 95 % intervals over runs.',
  build(rows) {
    const own = rows.filter(({ experiment }) => experiment === 'parameter-range');
    const spreads = own.filter(({ metric }) => metric === SPREAD_RATIO.name);
    if (spreads.length === 0) return null;
    // The test voxels of a study are those of noise levels, or of a range of noise.
    const range = spreads.some(({ factors }) => factors.sigma !== undefined);
    const at = numericFactor;
    const lines = PARAMETERS.flatMap((parameter) => {
      const { shownUnit: unit, scale } = quantityOf(parameter);
      return spreads
        .filter((row) => row.parameter === parameter)
        .toSorted(
          (a, b) =>
            byName(a.method, b.method) ||
            at(b, 'snr') - at(a, 'snr') ||
            at(a, 'Dp_up_to') - at(b, 'Dp_up_to'),
        )
        .map((line) => {
          const find = (metric: string, factor = 1): ValueWithInterval | null => {
            const row = own.find((each) => each.metric === metric && sameCondition(each, line));
            return withInterval(row, factor);
          };
          return {
            scale,
            values: [
              line.method,
              { raw: parameter, shown: `${parameter} (${unit})` },
              range ? String(line.factors.sigma ?? '') : at(line, 'snr'),
              at(line, 'Dp_up_to'),
              find(MEDIAN_RMSE.name),
              find(RMSE_RATIO.name),
              find(SPREAD_RATIO.name),
              find(BEYOND_FRACTION.name, 100),
            ],
          };
        });
    });
    return {
      columns: [
        { name: 'fitter', label: 'Fitter' },
        { name: 'parameter', label: 'Parameter' },
        range ? { name: 'sigma', label: 'Sigma' } : { name: 'snr', label: 'SNR' },
        { name: 'Dp_up_to', label: 'Dp up to (mm²/s)' },
        { name: 'rmse', label: 'RMSE', scaled: true },
        { name: 'rmse_ratio', label: 'RMSE / narrowest' },
        { name: 'spread_ratio', label: 'Spread / truth' },
        { name: 'beyond_percent', label: 'Beyond (%)' },
      ],
      lines,
    };
  },
};
export default table;

const sameCondition = (a: Row, b: Row): boolean =>
  a.method === b.method &&
  a.parameter === b.parameter &&
  a.factors.snr === b.factors.snr &&
  a.factors.sigma === b.factors.sigma &&
  a.factors.Dp_up_to === b.factors.Dp_up_to;
