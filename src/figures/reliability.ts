import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { coveragesOf, type Coverage } from '../tables/reading/coverage.ts';
import { parameterDisplay } from '../tables/reading/parameter-display.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { seriesName } from '../tables/reading/series.ts';
import { seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { snrAxis } from './look/snr-axis.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'Do intervals hold what they promise?',
  order: 1.3,
  caption:
    'Above, how often the central 50, 80 and 95 % intervals of each fitter hold the truth, on average over the noise levels; on the grey ' +
    'diagonal they hold it as often as they promise, below it the fitter is too sure of itself. Below, the 95 % intervals against SNR, ' +
    'with bootstrap intervals over voxels; the grey line is 95 %. Intervals lie between quantiles where a fitter gives them, else are ' +
    'those of a normal distribution with its standard deviation.',
  draw(rows, _pictures, manifest) {
    const coverages = coveragesOf(rows);
    const parameters = PARAMETERS.filter((name) => coverages.some(({ row }) => row.parameter === name));
    if (parameters.length === 0) return null;
    const looks = seriesLooks(
      rows,
      coverages.map(({ row }) => nameOf(row)),
      floorOf(manifest),
    );
    const panels = parameters.map((name) => {
      const own = coverages.filter(({ row }) => row.parameter === name);
      return { name, own };
    });
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 3, minPanelWidth: 200 },
      columns: parameters.length,
      spacing: 24,
      concat: [
        ...panels.map(({ name, own }) => reliability(name, own, looks)),
        ...panels.map(({ name, own }) => againstSnr(name, own, looks)),
      ],
      resolve: { scale: { color: 'shared', shape: 'shared', strokeDash: 'shared' } },
    };
  },
};
export default figure;

const nameOf = (row: Row): string => seriesName(row, ['snr']);
const GREY = '#8a8f98';

function reliability(name: ParameterName, coverages: readonly Coverage[], looks: SeriesLooks) {
  const points = looks.series.flatMap((series) =>
    [0.5, 0.8, 0.95].flatMap((nominal) => {
      const own = coverages.filter(
        (coverage) => coverage.nominal === nominal && nameOf(coverage.row) === series,
      );
      if (own.length === 0) return [];
      const mean = own.reduce((sum, { row }) => sum + row.value, 0) / own.length;
      return [{ series, nominal: 100 * nominal, covered: shorten(100 * mean) }];
    }),
  );
  const axis = { values: [0, 20, 40, 60, 80, 100], format: 'd' };
  const x = {
    field: 'nominal',
    type: 'quantitative' as const,
    scale: { domain: [40, 100] },
    axis: { ...axis, title: 'Promised (%)', grid: false },
  };
  const y = {
    field: 'covered',
    type: 'quantitative' as const,
    scale: { domain: [0, 100] },
    axis: { ...axis, title: `${name} within its interval (%)` },
  };
  return {
    title: { text: name, subtitle: parameterDisplay[name].meaning },
    width: 240,
    height: 200,
    layer: [
      {
        data: { values: [40, 100].map((at) => ({ nominal: at, covered: at })) },
        mark: { type: 'line' as const, color: GREY, strokeWidth: 1, tooltip: false },
        encoding: { x, y },
      },
      ...marks(points, { x, y }, looks, [
        { field: 'series', title: 'fitter' },
        { field: 'nominal', title: 'promised (%)', format: '~g' },
        { field: 'covered', title: 'held, mean over SNRs (%)', format: '.3~g' },
      ]),
    ],
  };
}

function againstSnr(name: ParameterName, coverages: readonly Coverage[], looks: SeriesLooks) {
  const points = coverages
    .filter(({ nominal }) => nominal === 0.95)
    .map(({ row, snr }) => ({
      series: nameOf(row),
      snr,
      covered: shorten(100 * row.value),
      low: shorten(100 * row.ciLow),
      high: shorten(100 * row.ciHigh),
    }));
  const snrs = points.map(({ snr }) => snr);
  // Down to the lowest coverage, and never so close that a half per cent looks like much.
  const lowest = Math.min(80, ...points.flatMap(({ covered, low }) => [covered ?? 100, low ?? 100]));
  const floor = 10 * Math.floor(lowest / 10);
  const [first, last] = [Math.min(...snrs), Math.max(...snrs)];
  const x = snrAxis(first, last);
  const y = {
    field: 'covered',
    type: 'quantitative' as const,
    scale: { domain: [floor, 100], nice: false },
    axis: { title: `${name} within its 95 % interval (%)`, tickMinStep: 5, format: 'd' },
  };
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend: legendOf(looks) };
  return {
    width: 240,
    height: 200,
    layer: [
      {
        data: { values: [{ covered: 95 }] },
        mark: { type: 'rule' as const, color: GREY, strokeWidth: 1, tooltip: false },
        encoding: { y },
      },
      {
        data: { values: points },
        mark: { type: 'area' as const, opacity: 0.2, tooltip: false },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      ...marks(points, { x, y }, looks, [
        { field: 'series', title: 'fitter' },
        { field: 'snr', title: 'SNR', format: '.4~g' },
        { field: 'covered', title: 'held (%)', format: '.3~g' },
        { field: 'low', title: '95 % interval from', format: '.3~g' },
        { field: 'high', title: 'to', format: '.3~g' },
      ]),
    ],
  };
}

/** A line and points per fitter. */
function marks<X, Y>(
  values: object[],
  place: { readonly x: X; readonly y: Y },
  looks: SeriesLooks,
  tooltip: { field: string; title: string; format?: string }[],
) {
  const legend = legendOf(looks);
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend };
  const data = { values };
  return [
    {
      data,
      mark: { type: 'line' as const, strokeWidth: 1.8 },
      encoding: {
        ...place,
        color,
        strokeDash: { field: 'series', type: 'nominal' as const, scale: looks.strokeDash, legend },
      },
    },
    {
      data,
      mark: { type: 'point' as const, filled: true, size: 36, opacity: 1 },
      encoding: {
        ...place,
        color,
        shape: { field: 'series', type: 'nominal' as const, scale: looks.shape, legend },
        tooltip,
      },
    },
  ];
}

const legendOf = (looks: SeriesLooks) => ({
  title: null,
  orient: 'top' as const,
  columns: 6,
  symbolOpacity: 1,
  ...(looks.series.length > 7 ? { symbolDash: [1, 0] } : {}),
});
