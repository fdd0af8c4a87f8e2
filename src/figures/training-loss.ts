import type { Figure } from '../contracts/figure.ts';
import { TRAINING_LOSS } from '../measures/training.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { seriesName } from '../tables/reading/series.ts';
import { logTicks } from './look/log-ticks.ts';
import { seriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

/** Curves whose lowest loss is written beside them. */
const MOST_TOLD = 3;

const figure: Figure = {
  title: 'Training loss',
  order: 4,
  caption:
    'Training loss per epoch as defined by the fitter; for the network of the study, the mean squared difference between ' +
    'the signal and the decay reconstructed from its estimates, summed over the batches. The ring marks the epoch with the lowest loss.',
  draw(rows, _pictures, manifest) {
    const points = rows
      .filter((row) => row.metric === TRAINING_LOSS.name && Number.isFinite(row.value) && row.value > 0)
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
      floorOf(manifest),
    );
    const losses = points.map((point) => point.loss);
    // Room below the lowest point for its numbers, the same share of the height whatever the range.
    const [least, most] = [Math.min(...losses), Math.max(...losses) * 1.05];
    const domain = [least / (most / least) ** 0.14, most];
    const lastEpoch = points.at(-1)!.epoch;
    const lowest = looks.series.map((series) => {
      const curve = points.filter((point) => point.series === series);
      const best = curve.reduce((lowest, point) => (point.loss < lowest.loss ? point : lowest));
      return { ...best, told: `lowest ${Number(best.loss.toPrecision(4))} at epoch ${best.epoch}` };
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
            // The numbers of many curves would cover each other; the tooltip has them.
            ...(looks.series.length > MOST_TOLD
              ? []
              : [
                  {
                    data: { values: lowest },
                    mark: {
                      type: 'text' as const,
                      align: { expr: `datum.epoch > ${lastEpoch / 2} ? 'right' : 'left'` },
                      dy: 14,
                    },
                    encoding: { text: { field: 'told' } },
                  },
                ]),
          ],
        },
      ],
    };
  },
};
export default figure;
