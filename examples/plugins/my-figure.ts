import type { Figure } from 'ivim-bench';

/** The share against SNR: a panel per parameter, a line per fitter. */
export default {
  title: 'Voxels within 20 % of the truth',
  caption: 'Share of the voxels that did not fail, against SNR.',
  order: 2,
  draw(rows) {
    const values = rows
      .filter((row) => row.metric === 'my_metric')
      .map(({ method, parameter, factors, value }) => ({ method, parameter, snr: factors['snr'], value }));
    if (values.length === 0) return null;
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      data: { values },
      width: 200,
      height: 200,
      mark: { type: 'line', point: true },
      encoding: {
        column: { field: 'parameter', type: 'nominal', title: null },
        x: { field: 'snr', type: 'quantitative', scale: { type: 'log' }, title: 'SNR' },
        y: { field: 'value', type: 'quantitative', scale: { domain: [0, 1] }, title: 'share of voxels' },
        color: { field: 'method', type: 'nominal', title: 'fitter' },
      },
    };
  },
} satisfies Figure;
