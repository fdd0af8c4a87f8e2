import type { Row } from '../../contracts/metric.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { box } from './box.ts';
import { logTicks } from './log-ticks.ts';
import type { SeriesLooks } from './series-looks.ts';
import { shorten } from './shorten.ts';

/** One training of a network, drawn against the factor of its experiment. */
export interface RunPoint {
  readonly series: string;
  readonly x: number;
  readonly run: number;
  readonly value: number;
}

/** The runs among some rows, by the factor they are drawn against; the others are left out. */
export function runPoints(rows: readonly Row[], factor: string, scale = 1): RunPoint[] {
  return rows
    .map((row) => ({
      series: row.method,
      x: numericFactor(row, factor),
      run: numericFactor(row, 'run'),
      value: row.value * scale,
    }))
    .filter(
      ({ x, run, value }) => Number.isFinite(x) && Number.isFinite(run) && value > 0 && value < Infinity,
    );
}

export interface RunPanel {
  readonly title: string;
  readonly subtitle: string;
  readonly points: readonly RunPoint[];
  readonly x: string;
  /** Vega expression that writes a value of x; by default the number. */
  readonly xLabel?: string;
  readonly y: string;
  readonly looks: SeriesLooks;
}

const WIDTH = 375;

/** Box plots of runs on a logarithmic axis, every run a point beside its box. */
export function runBoxes({ title, subtitle, points, x, xLabel, y: yTitle, looks }: RunPanel) {
  const values = points.map((point) => ({
    ...point,
    side: `${point.series} points`,
    value: shorten(point.value),
  }));
  const boxes = looks.series.flatMap((series) =>
    [...new Set(points.map((point) => point.x))].flatMap((at) => {
      const own = points.filter((point) => point.series === series && point.x === at);
      const drawn = box(own.map(({ value }) => value));
      if (!drawn) return [];
      const [least, q25, q50, q75, most] = drawn.map((value) => shorten(value));
      return [{ series, side: `${series} box`, x: at, runs: own.length, least, q25, q50, q75, most }];
    }),
  );
  const all = points.map(({ value }) => value);
  const [low, high] = [Math.min(...all) / 1.04, Math.max(...all) * 1.04];
  const scale = {
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: [low, high].map((end) => shorten(end)!), nice: false },
    axis: { title: yTitle, values: logTicks(low, high), format: '~g' },
  };
  const place = {
    x: {
      field: 'x',
      type: 'ordinal' as const,
      sort: 'ascending' as const,
      scale: { paddingInner: 0.25, paddingOuter: 0.15 },
      axis: { title: x, labelAngle: 0, grid: false, ...(xLabel ? { labelExpr: xLabel } : {}) },
    },
    // Points stand beside their box.
    xOffset: {
      field: 'side',
      type: 'nominal' as const,
      scale: {
        domain: looks.series.flatMap((series) => [`${series} box`, `${series} points`]),
        paddingInner: 0.15,
      },
    },
  };
  const legend =
    looks.series.length > 1 ? { title: null, orient: 'top' as const, columns: 6, symbolOpacity: 1 } : null;
  const color = {
    field: 'series',
    type: 'nominal' as const,
    scale: looks.color,
    legend,
  };
  const tooltip = [
    { field: 'series', title: 'fitter' },
    { field: 'x', title: x, format: ',' },
    { field: 'runs', title: 'runs' },
    ...[
      ['least', 'least'],
      ['q25', '25 %'],
      ['q50', 'median'],
      ['q75', '75 %'],
      ['most', 'most'],
    ].map(([field, name]) => ({ field, title: name, format: '.4~g' })),
  ];
  const y = (field: string) => ({ ...scale, field });
  const whisker = (from: string, to: string) => ({
    data: { values: boxes },
    mark: { type: 'rule' as const, strokeWidth: 1.2 },
    encoding: { ...place, y: y(from), y2: { field: to }, color, tooltip },
  });
  return {
    title: { text: title, subtitle },
    width: WIDTH,
    height: 200,
    layer: [
      whisker('least', 'q25'),
      whisker('q75', 'most'),
      {
        data: { values: boxes },
        mark: {
          type: 'bar' as const,
          cornerRadius: 1,
          fillOpacity: 0.35,
          strokeWidth: 1.2,
        },
        encoding: {
          ...place,
          y: y('q25'),
          y2: { field: 'q75' },
          color,
          stroke: color,
          tooltip,
        },
      },
      {
        data: { values: boxes },
        mark: { type: 'tick' as const, thickness: 2 },
        encoding: { ...place, y: y('q50'), color, tooltip },
      },
      {
        data: { values },
        mark: { type: 'point' as const, filled: true, size: 14, opacity: 0.7 },
        encoding: {
          ...place,
          y: y('value'),
          color,
          shape: { field: 'series', type: 'nominal' as const, scale: looks.dot, legend },
          tooltip: [
            { field: 'series', title: 'fitter' },
            { field: 'x', title: x, format: ',' },
            { field: 'run', title: 'run' },
            { field: 'value', title: yTitle, format: '.4~g' },
          ],
        },
      },
    ],
  };
}
