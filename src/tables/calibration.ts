import type { Row } from '../contracts/metric.ts';
import type { Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { coveragesOf } from './reading/coverage.ts';
import { byName, seriesName } from './reading/series.ts';

const table: Table = {
  title: 'How often 95 % intervals hold the truth',
  order: 1.3,
  caption:
    'Share of the voxels, in percent, whose true value lies inside the 95 % interval their fitter gives: between its quantiles ' +
    '(`posterior-net`), or within 1.96 of its standard deviations of the estimate. 95 is what it promises; the nearest of each line ' +
    'is bold. Standard deviations of least squares and MAP come from the curvature at the minimum, and know nothing of other minima ' +
    'or of bounds. Voxels without a deviation are left out, such as those of least squares on a bound.',
  build(rows) {
    const shown = coveragesOf(rows).filter(({ nominal }) => nominal === 0.95);
    if (shown.length === 0) return null;
    const series = [...new Set(shown.map(({ row }) => nameOf(row)))].sort(byName);
    const lines = PARAMETERS.flatMap((parameter) => {
      const own = shown.filter(({ row }) => row.parameter === parameter);
      const snrs = [...new Set(own.map(({ snr }) => snr))].sort((a, b) => b - a);
      return snrs.map((snr) => {
        const here = own.filter((coverage) => coverage.snr === snr);
        const nearest = Math.min(...here.map(({ row }) => Math.abs(row.value - 0.95)));
        const values = series.map((name) => {
          const row = here.find((coverage) => nameOf(coverage.row) === name)?.row;
          if (!row) return null;
          const best = here.length > 1 && Math.abs(row.value - 0.95) === nearest;
          return { value: row.value, low: row.ciLow, high: row.ciHigh, best };
        });
        return { scale: 100, values: [parameter, snr, ...values] };
      });
    });
    return {
      columns: [
        { name: 'parameter', label: 'Parameter' },
        { name: 'snr', label: 'SNR' },
        ...series.map((name) => ({ name, label: name, scaled: true })),
      ],
      lines,
    };
  },
};
export default table;

const nameOf = (row: Row): string => seriesName(row, ['snr']);
