import type { Figure } from '../contracts/figure.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { seriesName } from '../tables/reading/series.ts';
import { logTicks } from './look/log-ticks.ts';
import { seriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'Training loss',
  order: 4,
  caption:
    'Loss per epoch on the training voxels (for the network of the study, the mean squared difference between the ' +
    'signal and the decay rebuilt from its estimates). The ring marks the lowest epoch.',
  draw(rows) {
    const points = rows
      .filter((row) => row.metric === 'training_loss' && Number.isFinite(row.value) && row.value > 0)
      .map((row) => ({
        epoch: numericFactor(row, 'epoch'),
        loss: shorten(row.value)!,
        series: seriesName(row, ['epoch']),
      }))
      .filter((point) => Number.isFinite(point.epoch))
      .sort((a, b) => a.epoch - b.epoch);
    if (points.length === 0) return null;
    const looks = seriesLooks(
      rows,
      points.map((point) => point.series),
    );
    const losses = points.map((point) => point.loss);
    const domain = [Math.min(...losses) * 0.93, Math.max(...losses) * 1.05];
    const lowest = looks.series.map((series) => {
      const curve = points.filter((point) => point.series === series);
      const best = curve.reduce((least, point) => (point.loss < least.loss ? point : least));
      return { ...best, told: `${Number(best.loss.toPrecision(4))} at epoch ${best.epoch}` };
    });
    const y = {
      field: 'loss',
      type: 'quantitative' as const,
      scale: { type: 'log' as const, domain, nice: false },
      axis: { title: 'loss', values: logTicks(domain[0], domain[1]), format: '~g' },
    };
    const color = {
      field: 'series',
      type: 'nominal' as const,
      scale: looks.color,
      legend: looks.series.length > 1 ? { title: null, orient: 'top' as const, columns: 6 } : null,
    };
    const tooltip = [
      { field: 'series', title: 'fitter' },
      { field: 'epoch', title: 'epoch' },
      { field: 'loss', title: 'loss', format: '.4~g' },
    ];
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 1, minPanelWidth: 260 },
      columns: 1,
      concat: [
        {
          width: 780,
          height: 240,
          encoding: {
            x: {
              field: 'epoch',
              type: 'quantitative',
              scale: { nice: false, zero: false },
              axis: { title: 'epoch', tickMinStep: 1, tickCount: 12, grid: false, labelFlush: false },
            },
            y,
          },
          layer: [
            {
              data: { values: points },
              mark: { type: 'line', strokeWidth: 1.6, point: { size: 12, filled: true } },
              encoding: { color, tooltip },
            },
            {
              data: { values: lowest },
              mark: { type: 'point', size: 110, strokeWidth: 1.6, opacity: 1 },
              encoding: { color, tooltip },
            },
            {
              data: { values: lowest },
              mark: { type: 'text', align: 'right', dx: -4, dy: -14 },
              encoding: { text: { field: 'told' } },
            },
          ],
        },
      ],
    };
  },
};
export default figure;
