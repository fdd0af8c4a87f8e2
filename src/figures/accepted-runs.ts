import type { AcceptedValue, AcceptedRun } from '../contracts/accepted-run.ts';
import type { Figure } from '../contracts/figure.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { RMSE } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { LINE_DASH, POINT_SIZE, seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'Accuracy over accepted runs',
  order: 6,
  caption:
    'Change of the RMSE in every accepted run (`ivim-bench check --update`) relative to the first accepted run of the fitter, in percent: ' +
    'geometric mean over SNRs, of the median over seeds for fitters that train. Below 0 is better.',
  draw(rows, _pictures, manifest, history = []) {
    const points = pointsOf(history);
    const parameters = PARAMETERS.filter((name) => points.some(({ parameter }) => parameter === name));
    if (parameters.length === 0) return null;
    const looks = seriesLooks(
      rows,
      points.map(({ series }) => series),
      floorOf(manifest),
    );
    const runs = history.map(runName);
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 3, minPanelWidth: 200 },
      columns: 3,
      spacing: 24,
      concat: parameters.map((name) =>
        panel(
          name,
          points.filter(({ parameter }) => parameter === name),
          runs,
          looks,
        ),
      ),
      resolve: { scale: { color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

interface Point {
  readonly parameter: string;
  readonly series: string;
  readonly run: string;
  /** Per cent above the first accepted run. */
  readonly change: number;
}

/** A run on an axis: its place among all, since two may be of one day, and its day. */
const runName = ({ accepted }: AcceptedRun, place: number): string =>
  `${place + 1}: ${accepted.slice(0, 10)}`;

const usable = ({ metric, value }: AcceptedValue): boolean =>
  metric === RMSE.name && Number.isFinite(value) && value > 0;

/** One point per run, fitter and parameter. */
function pointsOf(history: readonly AcceptedRun[]): Point[] {
  const first = new Map<string, number>();
  return history.flatMap((run, place) => {
    const logs = new Map<string, { of: AcceptedValue; ratios: number[] }>();
    for (const accepted of run.values.filter(usable)) {
      const { experiment, method, factors, parameter, value } = accepted;
      const key = JSON.stringify([experiment, method, Object.entries(factors).sort(), parameter]);
      if (!first.has(key)) first.set(key, value);
      const group = JSON.stringify([method, parameter]);
      const entry = logs.get(group) ?? { of: accepted, ratios: [] };
      entry.ratios.push(Math.log(value / first.get(key)!));
      logs.set(group, entry);
    }
    return [...logs.values()].map(({ of, ratios }) => {
      const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
      const change = shorten(100 * Math.expm1(mean))!;
      return { parameter: of.parameter, series: of.method, run: runName(run, place), change };
    });
  });
}

function panel(name: ParameterName, points: readonly Point[], runs: readonly string[], looks: SeriesLooks) {
  const changes = points.map(({ change }) => change);
  // Runs that agree to the last digit still get an axis.
  const [low, high] = [Math.min(-1, ...changes), Math.max(1, ...changes)];
  const margin = 0.06 * (high - low);
  const legend = {
    title: null,
    orient: 'top' as const,
    columns: 6,
  };
  const x = {
    field: 'run',
    type: 'ordinal' as const,
    sort: [...runs],
    scale: { domain: [...runs] },
    axis: { title: 'accepted run', labelAngle: -40, labelOverlap: true, grid: false },
  };
  const y = {
    field: 'change',
    type: 'quantitative' as const,
    scale: { domain: [low - margin, high + margin].map((end) => shorten(end)!), nice: false },
    axis: { title: `change of RMSE of ${name} (%)`, format: '+~g', tickCount: 6 },
  };
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend };
  const tooltip = [
    { field: 'series', title: 'fitter' },
    { field: 'run', title: 'accepted run' },
    { field: 'change', title: 'change (%)', format: '+.3~g' },
  ];
  return {
    title: { text: name, subtitle: quantityOf(name).label },
    width: 240,
    height: 200,
    data: { values: points.map((point) => ({ ...point, ...looks.marksOf(point.series) })) },
    encoding: { x, y, color },
    layer: [
      {
        mark: { type: 'line' as const, strokeWidth: 1.8 },
        encoding: {
          strokeDash: LINE_DASH,
        },
      },
      {
        mark: { type: 'point' as const, filled: true, opacity: 1 },
        encoding: {
          size: POINT_SIZE,
          shape: { field: 'series', type: 'nominal' as const, scale: looks.shape, legend },
          tooltip,
        },
      },
    ],
  };
}
