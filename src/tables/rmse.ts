import type { Row } from '../contracts/metric.ts';
import type { Interval, Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { numericFactor } from './reading/factor.ts';
import { parameterDisplay } from './reading/parameter-display.ts';
import { FLOOR } from './reading/reference-fitter.ts';
import { byName, seriesName } from './reading/series.ts';

const table: Table = {
  title: 'RMSE by SNR and fitter',
  order: 1,
  caption:
    'Root mean squared error with its 95 % bootstrap interval over voxels. The lowest of each line is bold, ' +
    `${FLOOR} (the Bayes floor) aside.`,
  build(rows) {
    const shown = rows.filter((row) => row.metric === 'rmse' && !Number.isNaN(numericFactor(row, 'snr')));
    if (shown.length === 0) return null;
    const series = [...new Set(shown.map((row) => seriesName(row, ['snr'])))].sort(byName);
    const lines = PARAMETERS.flatMap((parameter) => {
      const { unit, scale } = parameterDisplay[parameter];
      const ofParameter = shown.filter((row) => row.parameter === parameter);
      const levels = [...new Set(ofParameter.map((row) => numericFactor(row, 'snr')))].sort((a, b) => b - a);
      return levels.map((snr) => {
        const level = ofParameter.filter((row) => numericFactor(row, 'snr') === snr);
        const values = intervals(series, level);
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

function intervals(series: readonly string[], level: readonly Row[]): (Interval | null)[] {
  const rows = series.map((name) => level.find((row) => seriesName(row, ['snr']) === name));
  const contenders = rows.filter(
    (row) => row !== undefined && row.fitter !== FLOOR && Number.isFinite(row.value),
  );
  const lowest = Math.min(...contenders.map((row) => row!.value));
  return rows.map((row) =>
    row === undefined
      ? null
      : {
          value: row.value,
          low: row.ciLow,
          high: row.ciHigh,
          best: contenders.length > 1 && row.fitter !== FLOOR && row.value === lowest,
        },
  );
}
