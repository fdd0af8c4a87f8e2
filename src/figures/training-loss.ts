import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { TRAINING_LOSS } from '../measures/training.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { byName, seriesName } from '../tables/reading/series.ts';
import { logTicks } from './look/log-ticks.ts';
import { seriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

/** Curves whose lowest loss is written beside them. */
const MOST_TOLD = 2;

const figure: Figure = {
  title: 'Training loss',
  order: 4,
  caption:
    'Training loss per epoch, as each network defines it, on a logarithmic axis; one panel per network, one curve per training. For the ' +
    'network of the study it is the mean squared difference between the signal and the decay reconstructed from the estimates, summed over ' +
    'the batches. The ring marks the epoch with the lowest loss. More than six trainings have the colour of their network; the tooltip names each.',
  draw(rows, _pictures, manifest) {
    const points = rows
      .filter(
        (row) =>
          row.metric === TRAINING_LOSS.name &&
          // Networks that classify have training-curves.ts.
          row.factors.modality === undefined &&
          Number.isFinite(row.value) &&
          row.value > 0,
      )
      .map((row): Point => ({
        epoch: numericFactor(row, 'epoch'),
        loss: shorten(row.value)!,
        fitter: row.method,
        training: trainingName(row),
      }))
      .filter((point) => Number.isFinite(point.epoch))
      .sort((a, b) => a.epoch - b.epoch);
    if (points.length === 0) return null;
    const fitters = [...new Set(points.map(({ fitter }) => fitter))].sort(byName);
    const trainings = [...new Set(points.map(({ training }) => training))].sort(byName);
    const looks = seriesLooks(rows, fitters, floorOf(manifest));
    const columns = Math.min(fitters.length, 2);
    // Of many curves no one tells the colours apart. Where there are none of its own, a curve has the colour of its fitter.
    const coloured = trainings.length > 1 && trainings.length <= TRAINING_COLORS.length;
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns, minPanelWidth: 260 },
      columns,
      spacing: 24,
      concat: fitters.map((fitter, i) =>
        panel(
          fitter,
          points.filter((point) => point.fitter === fitter),
          trainings.map((name, k) => [name, coloured ? TRAINING_COLORS[k] : looks.color.range[i]]),
          columns === 1 ? 780 : 360,
        ),
      ),
      resolve: { scale: { color: coloured ? 'shared' : 'independent' } },
    };
  },
};
export default figure;

/** Trainings are no fitters: their colours are none of theirs. */
const TRAINING_COLORS = ['#4d4d4d', '#b35806', '#2d8a9e', '#8073ac', '#1b7837', '#c51b7d'];

interface Point {
  readonly epoch: number;
  readonly loss: number;
  readonly fitter: string;
  /** What sets it apart from the other trainings of its fitter. */
  readonly training: string;
}

/** `stage 3T`; `training` where there is one. */
function trainingName(row: Row): string {
  const name = seriesName(row, ['epoch']);
  return name === row.method ? 'training' : name.slice(row.method.length + ' · '.length);
}

/** As many columns as fit above the panels. */
function legendColumns(names: readonly string[]): number {
  const longest = Math.max(...names.map((name) => name.length));
  return Math.max(1, Math.min(names.length, Math.floor(WIDTH / (PER_LETTER * longest + SYMBOL))));
}

/** Of all panels, of a letter and of a symbol with its space, px. */
const [WIDTH, PER_LETTER, SYMBOL] = [760, 6.5, 32];

function panel(
  fitter: string,
  points: readonly Point[],
  colors: readonly (readonly [string, string])[],
  width: number,
) {
  const isCrowded = colors.length > TRAINING_COLORS.length;
  const losses = points.map((point) => point.loss);
  // Room below the lowest point for its numbers, the same share of the height whatever the range.
  const [least, most] = [Math.min(...losses), Math.max(...losses) * 1.05];
  const domain = [least / (most / least) ** 0.14, most];
  const lastEpoch = points.at(-1)!.epoch;
  const trainings = [...new Set(points.map(({ training }) => training))];
  const lowest = trainings.map((training) => {
    const curve = points.filter((point) => point.training === training);
    const best = curve.reduce((lowest, point) => (point.loss < lowest.loss ? point : lowest));
    return { ...best, told: `lowest ${Number(best.loss.toPrecision(4))} at epoch ${best.epoch}` };
  });
  const x = {
    field: 'epoch',
    type: 'quantitative' as const,
    scale: { nice: false, zero: false },
    axis: { title: 'epoch', tickMinStep: 1, tickCount: width > 500 ? 12 : 6, grid: false, labelFlush: false },
  };
  const y = {
    field: 'loss',
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain, nice: false },
    axis: { title: 'loss', values: logTicks(domain[0], domain[1]), format: '~g' },
  };
  const color = {
    field: 'training',
    type: 'nominal' as const,
    scale: { domain: colors.map(([name]) => name), range: colors.map(([, color]) => color) },
    legend:
      new Set(colors.map(([, color]) => color)).size > 1
        ? { title: null, orient: 'top' as const, columns: legendColumns(colors.map(([name]) => name)) }
        : null,
  };
  const tooltip = [
    { field: 'fitter', title: 'fitter' },
    ...(colors.length > 1 ? [{ field: 'training', title: 'training' }] : []),
    { field: 'epoch', title: 'epoch' },
    { field: 'loss', title: 'loss', format: '.4~g' },
  ];
  return {
    title: fitter,
    width,
    height: 220,
    encoding: { x, y },
    layer: [
      {
        data: { values: [...points] },
        mark: isCrowded
          ? { type: 'line' as const, strokeWidth: 1, opacity: 0.7 }
          : { type: 'line' as const, strokeWidth: 1.6, point: { size: 12, filled: true } },
        encoding: { color, tooltip },
      },
      {
        data: { values: lowest },
        mark: { type: 'point' as const, size: 110, strokeWidth: 1.6, opacity: 1 },
        encoding: { color, tooltip },
      },
      // The numbers of many curves would cover each other; the tooltip has them.
      ...(trainings.length > MOST_TOLD
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
  };
}
