import { BOUND, type Row } from '../contracts/metric.ts';
import type { ValueWithInterval, Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { CRLB, RMSE } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { contend, FEW_FAILED } from './reading/contenders.ts';
import { numericFactor } from './reading/factor.ts';
import { grouped } from './reading/grouped.ts';
import { protocolOf, protocolsOf } from './reading/protocols.ts';
import { byName, seriesName } from './reading/series.ts';
import { withoutRuns } from './reading/without-runs.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'RMSE by SNR and fitter',
  order: 1,
  beside: 'rmse-against-snr',
  caption:
    'Root mean squared error over the voxels that did not fail, with its 95 % interval. The lowest of each ' +
    `line is bold, except for the Bayes floor (\`mmse\` with any likelihood) and fitters that fail in more than ${100 * FEW_FAILED} % of the voxels. ` +
    '`bound` is the root mean square over the voxels of the Cramér-Rao bound, a lower limit of the error of unbiased methods.',
  build(rows, manifest) {
    const errors = withoutRuns(rows).filter(
      (row) => row.metric === RMSE.name && !Number.isNaN(numericFactor(row, 'snr')),
    );
    if (errors.length === 0) return null;
    const shown = [...errors, ...rows.filter((row) => row.metric === CRLB.name)];
    const series = [...new Set(shown.map(nameOf))].sort(
      (a, b) => Number(a === BOUND) - Number(b === BOUND) || byName(a, b),
    );
    const protocols = protocolsOf(shown);
    const several = protocols.some((protocol) => protocol !== '');
    const lines = protocols.flatMap((protocol) =>
      PARAMETERS.flatMap((parameter) => {
        const { shownUnit: unit, scale } = quantityOf(parameter);
        const own = (row: Row) => row.parameter === parameter && protocolOf(row) === protocol;
        const snrOf = (row: Row) => numericFactor(row, 'snr');
        const all = grouped(rows.filter(own), snrOf);
        return [...grouped(shown.filter(own), snrOf)]
          .sort(([a], [b]) => b - a)
          .map(([snr, level]) => {
            const values = intervals(series, level, contend(all.get(snr) ?? [], manifest));
            const name = { raw: parameter, shown: `${parameter} (${unit})` };
            return { scale, values: [...(several ? [protocol] : []), name, level[0].unit, snr, ...values] };
          });
      }),
    );
    return {
      columns: [
        ...(several ? [{ name: 'protocol', label: 'Protocol' }] : []),
        { name: 'parameter', label: 'Parameter' },
        { name: 'unit', label: 'Unit', csvOnly: true },
        { name: 'snr', label: 'SNR' },
        ...series.map((name) => ({ name, label: name, scaled: true })),
      ],
      lines,
    };
  },
};
export default table;

/** Fitter and whatever else it was measured under but SNR and protocol, which are lines. */
const nameOf = (row: Row): string => seriesName(row, ['snr', 'protocol']);

/** @param contenders those of a line among which the lowest is marked */
function intervals(
  series: readonly string[],
  level: readonly Row[],
  contenders: readonly Row[],
): (ValueWithInterval | null)[] {
  const lowest = Math.min(...contenders.map(({ value }) => value));
  return series.map((name) => {
    const row = level.find((row) => nameOf(row) === name);
    if (row === undefined) return null;
    const best = contenders.length > 1 && contenders.includes(row) && row.value === lowest;
    return { ...withInterval(row), best };
  });
}
