import type { Figure } from '../contracts/figure.ts';
import { BOUND, type Row } from '../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { CRLB, RMSE } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { protocolOf, protocolsOf } from '../tables/reading/protocols.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { seriesName } from '../tables/reading/series.ts';
import { withoutRuns } from '../tables/reading/without-runs.ts';
import { logTicks } from './look/log-ticks.ts';
import {
  REFERENCE_COLOR,
  LINE_DASH,
  POINT_SIZE,
  seriesLooks,
  type SeriesLooks,
} from './look/series-looks.ts';
import { extentOf } from './look/extent.ts';
import { shorten } from './look/shorten.ts';
import { snrAxis } from './look/snr-axis.ts';

interface Point {
  readonly snr: number;
  readonly series: string;
  readonly rmse: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** RMSE over that of the limit at this SNR; null without a limit. */
  readonly ratio: number | null;
}

const figure: Figure = {
  title: 'Error against SNR',
  order: 1,
  caption:
    'Left: RMSE of each parameter over the test voxels of each SNR, axes logarithmic; bands are 95 % intervals over voxels. ' +
    'Right: the same RMSE divided by the lowest possible one, that of `mmse`, or where the run lacks `mmse` by the Cramér-Rao bound. `mmse` ' +
    '(dashed) is the posterior mean under the distribution of the simulation with the noise level known and S0 unknown; no method given the same is below it on average. ' +
    'The Cramér-Rao bound (dotted; root mean square over voxels) limits unbiased methods only; a prior or bounds on the estimates can be below it.',
  draw(rows, _pictures, manifest) {
    const errors = withoutRuns(rows).filter(
      (row) => row.metric === RMSE.name && row.value > 0 && Number.isFinite(numericFactor(row, 'snr')),
    );
    const parameters = PARAMETERS.filter((name) => errors.some((row) => row.parameter === name));
    if (parameters.length === 0) return null;
    const drawn = [
      ...errors,
      ...rows.filter((row) => row.metric === CRLB.name && row.value > 0 && Number.isFinite(row.value)),
    ];
    const floor = floorOf(manifest);
    const limit = [floor, BOUND].find((name) => drawn.some((row) => row.method === name));
    const looks = seriesLooks(rows, drawn.map(nameOf), floor);
    const panels = protocolsOf(errors).flatMap((protocol) =>
      parameters.flatMap((name) => {
        const ofParameter = drawn.filter((row) => row.parameter === name);
        const content: Panel = {
          name,
          protocol,
          points: pointsOf(ofParameter, limit, protocol),
          frame: frameOf(protocolsOf(ofParameter).flatMap((each) => pointsOf(ofParameter, limit, each))),
          limit,
        };
        return [
          errorPanel(content, looks, floor),
          ...(limit === undefined ? [] : [ratioPanel(content, looks, floor)]),
        ];
      }),
    );
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: limit === undefined ? 3 : 2, minPanelWidth: 210 },
      columns: limit === undefined ? 3 : 2,
      spacing: { row: 20, column: 28 },
      concat: panels,
      resolve: { scale: { color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

interface Panel {
  readonly name: ParameterName;
  /** '' where there is one protocol. */
  readonly protocol: string;
  readonly points: readonly Point[];
  readonly frame: Frame;
  /** What errors are divided by. */
  readonly limit: string | undefined;
}

/** What the axes of a parameter span: the same under every protocol, so that they can be compared. */
interface Frame {
  readonly snr: readonly [number, number];
  /** In the unit that is shown. */
  readonly error: readonly [number, number];
  readonly ratio: readonly [number, number];
}

/** Fitter and whatever else it was measured under but SNR and protocol. */
const nameOf = (row: Row): string => seriesName(row, ['snr', 'protocol']);

/** @param rows those of one parameter */
function pointsOf(rows: readonly Row[], limit: string | undefined, protocol: string): Point[] {
  const own = rows.filter((row) => protocolOf(row) === protocol);
  const limits = new Map(
    own.filter(({ method }) => method === limit).map((row) => [numericFactor(row, 'snr'), row.value]),
  );
  return own.map((row) => {
    const snr = numericFactor(row, 'snr');
    const { scale } = quantityOf(row.parameter);
    return {
      snr,
      series: nameOf(row),
      rmse: shorten(row.value * scale),
      low: shorten(row.ciLow * scale),
      high: shorten(row.ciHigh * scale),
      ratio: shorten(row.value / (limits.get(snr) ?? NaN)),
    };
  });
}

function frameOf(points: readonly Point[]): Frame {
  const snr = points.map((point) => point.snr);
  const positive = (values: readonly (number | null)[]) =>
    values.filter((value): value is number => value !== null && value > 0);
  const errors = positive(points.flatMap(({ rmse, low, high }) => [rmse, low, high]));
  const ratios = positive([1, ...points.map(({ ratio }) => ratio)]);
  const [error, ratio] = [extentOf(errors), extentOf(ratios)];
  return {
    snr: extentOf(snr),
    error: [error[0] * 0.85, error[1] * 1.1],
    ratio: [ratio[0] * 0.92, ratio[1] * 1.1],
  };
}

const legendOf = (floor: string | undefined) => ({
  title: null,
  orient: 'top' as const,
  columns: 6,
  symbolOpacity: 1,
  labelExpr: [
    ...(floor === undefined
      ? []
      : [`datum.label === ${JSON.stringify(floor)} ? datum.label + ' (Bayes floor)'`]),
    `datum.label === '${BOUND}' ? 'Cramér-Rao bound'`,
    'datum.label',
  ].join(' : '),
});

function curves(
  { name, points, frame }: Panel,
  looks: SeriesLooks,
  floor: string | undefined,
  y: { readonly field: 'rmse' | 'ratio'; readonly title: string; readonly domain: readonly [number, number] },
) {
  const { shownUnit: unit } = quantityOf(name);
  const legend = legendOf(floor);
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend };
  const [low, high] = y.domain.map((end) => shorten(end)!);
  const axis = {
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: [low, high], nice: false },
    axis: { title: y.title, values: logTicks(low, high), format: '~g' },
  };
  const tooltip = [
    { field: 'series', title: 'fitter' },
    { field: 'snr', title: 'SNR', format: '.4~g' },
    { field: 'rmse', title: `RMSE of ${name} (${unit})`, format: '.4~g' },
    { field: 'low', title: '95 % interval from', format: '.4~g' },
    { field: 'high', title: 'to', format: '.4~g' },
    { field: 'ratio', title: 'RMSE / limit', format: '.3~f' },
  ];
  return {
    axis,
    color,
    base: {
      width: 360,
      height: 210,
      data: { values: points.map((point) => ({ ...point, ...looks.marksOf(point.series) })) },
      encoding: { x: snrAxis(...frame.snr) },
    },
    layers: [
      {
        mark: { type: 'line' as const, strokeWidth: 1.8 },
        encoding: {
          y: { ...axis, field: y.field },
          color,
          strokeDash: LINE_DASH,
        },
      },
      {
        transform: [{ filter: { not: { field: 'series', equal: BOUND } } }],
        mark: { type: 'point' as const, filled: true, opacity: 1 },
        encoding: {
          y: { ...axis, field: y.field },
          color,
          size: POINT_SIZE,
          shape: { field: 'series', type: 'nominal' as const, scale: looks.shape, legend },
          tooltip,
        },
      },
    ],
  };
}

function errorPanel(content: Panel, looks: SeriesLooks, floor: string | undefined) {
  const { name, protocol, frame } = content;
  const { label: meaning, shownUnit: unit } = quantityOf(name);
  const { axis, color, base, layers } = curves(content, looks, floor, {
    field: 'rmse',
    title: `RMSE of ${name} (${unit})`,
    domain: frame.error,
  });
  return {
    ...base,
    title: { text: name, subtitle: protocol === '' ? meaning : `${meaning}, ${protocol}` },
    layer: [
      {
        transform: [{ filter: { field: 'series', equal: floor ?? '' } }],
        mark: { type: 'area' as const, color: REFERENCE_COLOR, opacity: 0.13, tooltip: false },
        encoding: { y: { ...axis, field: 'rmse' }, y2: { datum: shorten(frame.error[0])! } },
      },
      {
        mark: { type: 'area' as const, opacity: 0.2, tooltip: false },
        encoding: { y: { ...axis, field: 'low' }, y2: { field: 'high' }, color },
      },
      ...layers,
    ],
  };
}

function ratioPanel(content: Panel, looks: SeriesLooks, floor: string | undefined) {
  const { name, frame, limit } = content;
  const of = limit === BOUND ? 'the Cramér-Rao bound' : `that of ${limit}`;
  const { base, layers } = curves(content, looks, floor, {
    field: 'ratio',
    title: `RMSE of ${name} / limit`,
    domain: frame.ratio,
  });
  return { ...base, title: { text: ' ', subtitle: `RMSE divided by ${of}` }, layer: layers };
}
