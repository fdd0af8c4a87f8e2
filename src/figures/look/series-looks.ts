import type { Row } from '../../contracts/metric.ts';
import { FLOOR } from '../../tables/reading/reference-fitter.ts';
import { byName } from '../../tables/reading/series.ts';

/** Okabe and Ito's colours for all kinds of colour vision, less black and yellow, which vanish on one background. */
const COLORS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#A0522D'];
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right'];
const DASHES = [
  [1, 0],
  [7, 3],
  [2, 3],
];
const FLOOR_COLOR = '#8a8f98';

/** Scales that give each series its colour, point shape and dash. */
export interface SeriesLooks {
  readonly series: readonly string[];
  readonly color: { domain: string[]; range: string[] };
  readonly shape: { domain: string[]; range: string[] };
  readonly strokeDash: { domain: string[]; range: number[][] };
}

/**
 * The looks of `series` in a run. They are dealt out over all fitters of the run in the order of their names, so a
 * fitter looks the same in every figure; colours return after seven with another dash and shape.
 */
export function seriesLooks(rows: readonly Row[], series: readonly string[]): SeriesLooks {
  const known = [...new Set([...rows.map((row) => row.fitter), ...series])].filter((name) => name !== FLOOR);
  known.sort(byName);
  const position = (name: string) => known.indexOf(name);
  const domain = [...new Set(series)].sort(byName);
  // The floor comes last in the legend: it is what the others are measured against.
  if (domain.includes(FLOOR)) domain.push(...domain.splice(domain.indexOf(FLOOR), 1));
  const rounds = (name: string) => Math.floor(position(name) / COLORS.length);
  return {
    series: domain,
    color: {
      domain,
      range: domain.map((name) => (name === FLOOR ? FLOOR_COLOR : COLORS[position(name) % COLORS.length])),
    },
    shape: {
      domain,
      range: domain.map((name) =>
        name === FLOOR ? 'stroke' : SHAPES[(position(name) + rounds(name)) % SHAPES.length],
      ),
    },
    strokeDash: {
      domain,
      range: domain.map((name) => (name === FLOOR ? [4, 2] : DASHES[rounds(name) % DASHES.length])),
    },
  };
}
