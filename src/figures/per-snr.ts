import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { RMSE } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { LOSS } from '../measures/training.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { byName } from '../tables/reading/series.ts';
import { COLORS } from './look/fitter-looks.ts';
import { logTicks } from './look/log-ticks.ts';
import { REFERENCE_COLOR } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const CHOSEN = {
  domain: ['lowest loss', 'middle', 'highest loss'],
  range: [COLORS[2], REFERENCE_COLOR, COLORS[1]],
};

interface Run {
  readonly snr: number;
  readonly run: number;
  readonly error: number;
  /** Loss and error over the medians of their noise level. */
  readonly x: number;
  readonly y: number;
  readonly lowest: boolean;
}

const figure: Figure = {
  title: 'Networks trained at each SNR',
  order: 5.2,
  caption:
    'Top: RMSE of networks trained on the test voxels of each SNR, one point per training, with lines through the networks of lowest, median ' +
    'and highest loss. Bottom: RMSE against loss, each divided by its median at that SNR; rings mark the networks of lowest loss. If the lowest ' +
    'loss implied the lowest error, all rings would lie at the lower edge of the cloud. Axes are logarithmic.',
  draw(rows) {
    const own = rows.filter(({ experiment, value }) => experiment === 'per-snr' && Number.isFinite(value));
    const fitters = [...new Set(own.map(({ method }) => method))].sort(byName);
    const panels = fitters.flatMap((fitter) => {
      const ofFitter = own.filter((row) => row.method === fitter);
      const runs = PARAMETERS.map((name) => ({ name, runs: runsOf(ofFitter, name) })).filter(
        ({ runs }) => runs.length > 0,
      );
      const prefix = fitters.length > 1 ? `${fitter}: ` : '';
      return [
        ...runs.map((each) => levels(prefix, each.name, each.runs)),
        ...runs.map((each) => cloud(prefix, each.name, each.runs)),
      ];
    });
    if (panels.length === 0) return null;
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 3, minPanelWidth: 200 },
      columns: 3,
      spacing: 24,
      concat: panels,
      resolve: { scale: { color: 'shared' } },
    };
  },
};
export default figure;

/** The trainings of a fitter with a loss and an error of the parameter. */
function runsOf(rows: readonly Row[], name: ParameterName): Run[] {
  const { scale } = quantityOf(name);
  const at = (row: Row) => `${numericFactor(row, 'snr')} ${numericFactor(row, 'run')}`;
  const losses = new Map(
    rows.filter(({ metric }) => metric === LOSS.name).map((row) => [at(row), row.value]),
  );
  const found = rows
    .filter((row) => row.metric === RMSE.name && row.parameter === name && row.value > 0)
    .map((row) => ({
      snr: numericFactor(row, 'snr'),
      run: numericFactor(row, 'run'),
      loss: losses.get(at(row)) ?? NaN,
      error: row.value * scale,
    }))
    .filter(({ snr, run, loss }) => Number.isFinite(snr) && Number.isFinite(run) && loss > 0);
  return found.map(({ snr, run, loss, error }) => {
    const level = found.filter((each) => each.snr === snr);
    const lowest = Math.min(...level.map((each) => each.loss));
    return {
      snr,
      run,
      error,
      x: loss / middle(level.map((each) => each.loss)),
      y: error / middle(level.map((each) => each.error)),
      lowest: loss === lowest,
    };
  });
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

const rounded = (run: Run) => ({
  ...run,
  snr: shorten(run.snr),
  error: shorten(run.error),
  x: shorten(run.x),
  y: shorten(run.y),
});

function logAxis(field: string, title: string, values: readonly number[], format = '~g') {
  const [low, high] = [Math.min(...values) / 1.05, Math.max(...values) * 1.05];
  return {
    field,
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: [low, high].map((end) => shorten(end)!), nice: false },
    axis: { title, values: logTicks(low, high, 7), format },
  };
}

function levels(prefix: string, name: ParameterName, runs: readonly Run[]) {
  const { label: meaning, shownUnit: unit } = quantityOf(name);
  const lines = [...new Set(runs.map(({ snr }) => snr))].flatMap((snr) => {
    const sorted = runs.filter((run) => run.snr === snr).sort((a, b) => a.x - b.x);
    const places = [0, (sorted.length - 1) >> 1, sorted.length - 1];
    return places.map((place, i) => ({
      snr: shorten(snr),
      chosen: CHOSEN.domain[i],
      error: shorten(sorted[place].error),
    }));
  });
  const x = logAxis(
    'snr',
    'SNR',
    runs.map(({ snr }) => snr),
    '.3~g',
  );
  const y = logAxis(
    'error',
    `RMSE of ${name} (${unit})`,
    runs.map(({ error }) => error),
  );
  const tooltip = [
    { field: 'snr', title: 'SNR', format: '.4~g' },
    { field: 'error', title: `RMSE of ${name} (${unit})`, format: '.4~g' },
  ];
  return {
    title: { text: `${prefix}${name}`, subtitle: meaning },
    width: 240,
    height: 200,
    layer: [
      {
        data: { values: runs.map(rounded) },
        mark: { type: 'point' as const, filled: true, size: 10, color: REFERENCE_COLOR, opacity: 0.6 },
        encoding: { x, y, tooltip: [...tooltip, { field: 'run', title: 'run' }] },
      },
      {
        data: { values: lines },
        mark: { type: 'line' as const, strokeWidth: 1.8, point: { filled: true, size: 26 } },
        encoding: {
          x,
          y,
          color: {
            field: 'chosen',
            type: 'nominal' as const,
            scale: CHOSEN,
            legend: { title: null, orient: 'top' as const, symbolType: 'circle' },
          },
          tooltip: [...tooltip, { field: 'chosen', title: 'network' }],
        },
      },
    ],
  };
}

function cloud(prefix: string, name: ParameterName, runs: readonly Run[]) {
  const x = logAxis('x', 'loss / median', [1, ...runs.map((run) => run.x)]);
  const y = logAxis('y', `RMSE of ${name} / median`, [1, ...runs.map((run) => run.y)]);
  const tooltip = [
    { field: 'snr', title: 'SNR', format: '.4~g' },
    { field: 'run', title: 'run' },
    { field: 'x', title: 'loss / median', format: '.3~f' },
    { field: 'y', title: 'RMSE / median', format: '.3~f' },
  ];
  const dashed = { type: 'rule' as const, strokeDash: [3, 3], strokeWidth: 0.8, tooltip: false };
  return {
    title: { text: `${prefix}${name}`, subtitle: 'error against loss, all noise levels' },
    width: 240,
    height: 200,
    layer: [
      { data: { values: [{}] }, mark: dashed, encoding: { y: { ...y, field: undefined, datum: 1 } } },
      { data: { values: [{}] }, mark: dashed, encoding: { x: { ...x, field: undefined, datum: 1 } } },
      {
        data: { values: runs.map(rounded) },
        mark: { type: 'point' as const, filled: true, size: 16, color: REFERENCE_COLOR, opacity: 0.7 },
        encoding: { x, y, tooltip },
      },
      {
        data: { values: runs.filter(({ lowest }) => lowest).map(rounded) },
        mark: { type: 'point' as const, size: 60, strokeWidth: 1.8, color: CHOSEN.range[0], opacity: 1 },
        encoding: { x, y, tooltip },
      },
    ],
  };
}
