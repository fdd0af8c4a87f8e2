import type { Row } from '../contracts/metric.ts';
import type { ValueWithInterval, Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { NO_INTERVAL_FRACTION } from '../measures/intervals.ts';
import { coveragesOf } from './reading/coverage.ts';
import { numericFactor } from './reading/factor.ts';
import { grouped } from './reading/grouped.ts';
import { protocolOf, protocolsOf } from './reading/protocols.ts';
import { byName, seriesName } from './reading/series.ts';
import { withInterval } from './reading/with-interval.ts';
import { withoutRuns } from './reading/without-runs.ts';

const table: Table = {
  title: 'Coverage of 95 % intervals',
  order: 1.3,
  beside: 'reliability',
  caption:
    'Percentage of voxels whose true value lies inside the 95 % interval of the fitter: between its quantiles (`posterior-net`), ' +
    'or within 1.96 standard deviations of the estimate. Nominal coverage is 95; the closest value of each line is bold. Coverage ' +
    'is an average over the tissue of the test voxels: where true f or Dp is rare in it, intervals that are nominal on average hold the truth less ' +
    'often. Standard deviations of least squares and MAP come from the curvature at the minimum and ignore other minima and bounds. Voxels ' +
    'without a standard deviation are left out, such as least-squares estimates at a bound: `without` is their percentage. Fitters ' +
    'that give neither standard deviations nor quantiles are not listed.',
  build(rows) {
    const shown = coveragesOf(rows).filter(({ nominal }) => nominal === 0.95);
    if (shown.length === 0) return null;
    const series = [...new Set(shown.map(({ row }) => nameOf(row)))].sort(byName);
    const silent = withoutRuns(rows).filter(({ metric }) => metric === NO_INTERVAL_FRACTION.name);
    const partly = series.filter((name) => silent.some((row) => nameOf(row) === name && row.value > 0));
    const protocols = protocolsOf(shown.map(({ row }) => row));
    const several = protocols.some((protocol) => protocol !== '');
    const lines = protocols.flatMap((protocol) =>
      PARAMETERS.flatMap((parameter) => {
        const isOwn = (row: Row) => row.parameter === parameter && protocolOf(row) === protocol;
        const own = shown.filter(({ row }) => isOwn(row));
        const silentAt = grouped(silent.filter(isOwn), (row) => numericFactor(row, 'snr'));
        const levels = [...grouped(own, ({ snr }) => snr)].sort(([a], [b]) => b - a);
        return levels.map(([snr, level]) => {
          const here = level.map(({ row }) => row);
          const without = partly.map(
            (name) => silentAt.get(snr)?.find((row) => nameOf(row) === name)?.value ?? null,
          );
          return {
            scale: 100,
            values: [...(several ? [protocol] : []), parameter, snr, ...intervals(series, here), ...without],
          };
        });
      }),
    );
    return {
      columns: [
        ...(several ? [{ name: 'protocol', label: 'Protocol' }] : []),
        { name: 'parameter', label: 'Parameter' },
        { name: 'snr', label: 'SNR' },
        ...series.map((name) => ({ name, label: name, scaled: true })),
        ...partly.map((name) => ({
          name: `without_${name}`,
          label: `${name}, without`,
          scaled: true,
          digits: 2,
        })),
      ],
      lines,
    };
  },
};
export default table;

/** Fitter and whatever else it was measured under but SNR and protocol, which are lines. */
const nameOf = (row: Row): string => seriesName(row, ['snr', 'protocol']);

/** @param here the coverages of a line */
function intervals(series: readonly string[], here: readonly Row[]): (ValueWithInterval | null)[] {
  const nearest = Math.min(...here.map(offBy));
  return series.map((name) => {
    const row = here.find((each) => nameOf(each) === name);
    if (!row) return null;
    return {
      ...withInterval(row),
      best: here.length > 1 && offBy(row) === nearest,
    };
  });
}

const offBy = ({ value }: Row): number => Math.abs(value - 0.95);
