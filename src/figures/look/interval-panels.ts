import type { Row } from '../../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../../contracts/voxels.ts';
import { quantityOf } from '../../measures/quantities.ts';
import { bySession, sessionText } from '../../tables/reading/session-display.ts';
import { REFERENCE_COLOR, seriesLooks, type SeriesLooks } from './series-looks.ts';
import { shorten } from './shorten.ts';

/** What a statistic with intervals is drawn with. */
export interface IntervalAxis {
  readonly title: string;
  /** Stored values times this are shown. */
  readonly scale: number;
  readonly unit: string;
  /** Range that the study reports, in shown values; absent where the run is no repetition of the study. */
  readonly reported?: readonly [number, number];
  /** Whether the axis starts at 0. */
  readonly fromZero: boolean;
}

/** Dots with intervals, a panel per parameter, a line per fitter and session, the range of the study behind; null without rows. */
export function intervalPanels(
  all: readonly Row[],
  shown: readonly Row[],
  floor: string | undefined,
  axis: IntervalAxis,
) {
  const drawn = shown.filter(({ value, parameter }) => Number.isFinite(value) && parameter !== '');
  const parameters = PARAMETERS.filter((name) => drawn.some(({ parameter }) => parameter === name));
  if (parameters.length === 0) return null;
  const looks = seriesLooks(
    all,
    drawn.map(({ method }) => method),
    floor,
  );
  const edges = drawn
    .flatMap(({ value, ciLow, ciHigh }) => [value, ciLow, ciHigh].map((edge) => edge * axis.scale))
    .filter(Number.isFinite);
  // The data decide the axis: of a reported range that reaches further, only a part is shown. The same holds for an interval that
  // extends below 0 where no estimate does.
  const least = Math.min(0, ...drawn.map(({ value }) => value * axis.scale));
  const [low, high] = [
    axis.fromZero ? Math.min(0, ...edges) : Math.max(least, Math.min(...edges)),
    Math.max(...edges),
  ];
  const margin = 0.04 * (high - low) || 1;
  const domain = [axis.fromZero ? low : low - margin, high + margin].map((end) => shorten(end)!);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json' as const,
    usermeta: { columns: 3, minPanelWidth: 170 },
    columns: 3,
    spacing: 24,
    concat: parameters.map((name) =>
      panel(
        name,
        drawn.filter(({ parameter }) => parameter === name),
        { ...axis, domain },
        looks,
      ),
    ),
    resolve: { scale: { color: 'shared' as const, shape: 'shared' as const } },
  };
}

function panel(
  name: ParameterName,
  rows: readonly Row[],
  axis: IntervalAxis & { readonly domain: readonly number[] },
  looks: SeriesLooks,
) {
  const { label: meaning } = quantityOf(name);
  const points = rows
    .map((row) => ({ row, session: String(row.factors.session ?? '') }))
    .sort(
      (a, b) =>
        looks.series.indexOf(a.row.method) - looks.series.indexOf(b.row.method) ||
        bySession(a.session, b.session),
    )
    .map(({ row, session }) => ({
      line: `${row.method} · ${sessionText(session)}`,
      series: row.method,
      session: sessionText(session),
      value: shorten(row.value * axis.scale),
      low: shorten((Number.isFinite(row.ciLow) ? row.ciLow : row.value) * axis.scale),
      high: shorten((Number.isFinite(row.ciHigh) ? row.ciHigh : row.value) * axis.scale),
    }));
  const labelled = points.map((point) => ({
    ...point,
    label: text(point.value!),
    side: sideOf(point.value!, point.low!, point.high!, axis.domain),
  }));
  // The part of the reported range that is within the frame.
  const { reported: [least, most] = [0, 0] } = axis;
  const [from, to] = [Math.max(least, axis.domain[0]), Math.min(most, axis.domain[1])];
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [...axis.domain], nice: false },
    axis: { title: axis.title, tickCount: 5 },
  };
  const y = {
    field: 'line',
    type: 'nominal' as const,
    sort: points.map(({ line }) => line),
    axis: { title: null, grid: false, domain: false, ticks: false, labelLimit: 180 },
  };
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend: null };
  const shape = { field: 'series', type: 'nominal' as const, scale: looks.dot, legend: null };
  const tooltip = [
    { field: 'series', title: 'fitter' },
    { field: 'session', title: 'session' },
    { field: 'value', title: axis.title, format: '.4~g' },
    { field: 'low', title: '95 % interval from', format: '.4~g' },
    { field: 'high', title: 'to', format: '.4~g' },
  ];
  const label = (side: Side) => ({
    transform: [{ filter: `datum.side === '${side}'` }],
    mark: { type: 'text' as const, ...LABELS[side] },
    encoding: { y, x: { ...x, field: side === 'above' ? 'value' : side }, text: { field: 'label' } },
  });
  return {
    title: { text: name, subtitle: meaning },
    width: 210,
    height: { step: 24 },
    data: { values: labelled },
    layer: [
      {
        data: { values: from < to ? [{ from, to }] : [] },
        mark: { type: 'rect' as const, color: REFERENCE_COLOR, opacity: 0.16, tooltip: false },
        encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' } },
      },
      {
        mark: {
          type: 'rule' as const,
          strokeWidth: 4,
          opacity: 0.4,
          strokeCap: 'round' as const,
          clip: true,
        },
        encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, color, tooltip },
      },
      {
        mark: { type: 'point' as const, filled: true, size: 64, opacity: 1 },
        encoding: { y, x: { ...x, field: 'value' }, color, shape, tooltip },
      },
      label('low'),
      label('high'),
      label('above'),
    ],
  };
}

/** Where the number stands: beside an end of the interval, or above the symbol where it would leave the frame. */
type Side = 'low' | 'high' | 'above';

const LABELS = {
  low: { align: 'right', dx: -8 },
  high: { align: 'left', dx: 8 },
  above: { align: 'center', dy: -11 },
} as const;

/** A number and its distance to the interval take at most this part of a panel's width. */
const LABEL = 0.22;

function sideOf(value: number, low: number, high: number, [from, to]: readonly number[]): Side {
  const room = LABEL * (to - from);
  const [before, after] = [low - from >= room, to - high >= room];
  const inward = value > (from + to) / 2 ? 'low' : 'high';
  if (inward === 'low' ? before : after) return inward;
  return before ? 'low' : after ? 'high' : 'above';
}

/** Three digits, and one decimal more near 100, where agreement is told apart. */
const text = (value: number): string =>
  value > 99 && value < 100 ? value.toFixed(2) : String(Number(value.toPrecision(3)));
