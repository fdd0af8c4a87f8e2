import type { Row } from '../contracts/metric.ts';
import type { Interval, Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { numericFactor } from './reading/factor.ts';
import { parameterDisplay } from './reading/parameter-display.ts';
import { floorOf } from './reading/reference-fitter.ts';
import { byName, seriesName } from './reading/series.ts';
import { withoutRuns } from './reading/without-runs.ts';

/** Share of failed voxels up to which an error is compared with others. */
const FEW = 0.01;

const table: Table = {
  title: 'RMSE by SNR and fitter',
  order: 1,
  caption:
    'Root mean squared error with its 95 % bootstrap interval, over the voxels that did not fail. The lowest of each ' +
    `line is bold, the Bayes floor (\`mmse\`) and fitters that fail more than ${100 * FEW} % of the voxels aside.`,
  build(rows, manifest) {
    const shown = withoutRuns(rows).filter(
      (row) => row.metric === 'rmse' && !Number.isNaN(numericFactor(row, 'snr')),
    );
    if (shown.length === 0) return null;
    const series = [...new Set(shown.map((row) => seriesName(row, ['snr'])))].sort(byName);
    const lines = PARAMETERS.flatMap((parameter) => {
      const { unit, scale } = parameterDisplay[parameter];
      const ofParameter = shown.filter((row) => row.parameter === parameter);
      const levels = [...new Set(ofParameter.map((row) => numericFactor(row, 'snr')))].sort((a, b) => b - a);
      return levels.map((snr) => {
        const level = ofParameter.filter((row) => numericFactor(row, 'snr') === snr);
        const values = intervals(series, level, failing(rows, parameter, snr), floorOf(manifest));
        return {
          scale,
          values: [{ raw: parameter, shown: `${parameter} (${unit})` }, level[0].unit, snr, ...values],
        };
      });
    });
    return {
      columns: [
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

/** Series that leave out the hard voxels, which flatters their error. */
function failing(rows: readonly Row[], parameter: string, snr: number): ReadonlySet<string> {
  const failed = rows.filter(
    (row) =>
      row.metric === 'failed_fraction' && row.parameter === parameter && numericFactor(row, 'snr') === snr,
  );
  return new Set(failed.filter((row) => row.value > FEW).map((row) => seriesName(row, ['snr'])));
}

function intervals(
  series: readonly string[],
  level: readonly Row[],
  failing: ReadonlySet<string>,
  floor: string | undefined,
): (Interval | null)[] {
  const rows = series.map((name) => level.find((row) => seriesName(row, ['snr']) === name));
  const contenders = rows.filter(
    (row) =>
      row !== undefined &&
      row.fitter !== floor &&
      Number.isFinite(row.value) &&
      !failing.has(seriesName(row, ['snr'])),
  );
  const lowest = Math.min(...contenders.map((row) => row!.value));
  return rows.map((row) =>
    row === undefined
      ? null
      : {
          value: row.value,
          low: row.ciLow,
          high: row.ciHigh,
          best: contenders.length > 1 && contenders.includes(row) && row.value === lowest,
        },
  );
}
