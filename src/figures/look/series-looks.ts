import { BOUND, TRUTH, type Row } from '../../contracts/metric.ts';
import { byName } from '../../tables/reading/series.ts';

/** Okabe and Ito's colours for all kinds of colour vision, less black and yellow, which vanish on one background. */
const COLORS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#A0522D'];
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right'];
const DASHES = [
  [1, 0],
  [7, 3],
  [2, 3],
];
/** What others are measured against takes no colour from them. */
const REFERENCE_COLOR = '#8a8f98';

/** Dashes where the Bayes floor and the truth have theirs, dots for the bound. */
const referenceDash = (name: string): number[] => (name === BOUND ? [1.5, 2.5] : [4, 2]);

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
 * @param floor what the run calls the Bayes floor, where it has one
 */
export function seriesLooks(
  rows: readonly Row[],
  series: readonly string[],
  floor: string | undefined,
): SeriesLooks {
  const referenceShapes = new Map([
    ...(floor === undefined ? [] : [[floor, 'stroke'] as const]),
    [TRUTH, 'diamond'],
    [BOUND, 'stroke'],
  ]);
  const isReference = (name: string) => referenceShapes.has(name);
  const known = [...new Set([...rows.map((row) => row.method), ...series])].filter(
    (name) => name !== '' && !isReference(name),
  );
  known.sort(byName);
  const position = (name: string) => known.indexOf(name);
  const domain = [...new Set(series)].sort(byName);
  // What the others are measured against comes last in the legend.
  domain.sort((a, b) => Number(isReference(a)) - Number(isReference(b)));
  const rounds = (name: string) => Math.floor(position(name) / COLORS.length);
  return {
    series: domain,
    color: {
      domain,
      range: domain.map((name) =>
        isReference(name) ? REFERENCE_COLOR : COLORS[position(name) % COLORS.length],
      ),
    },
    shape: {
      domain,
      range: domain.map(
        (name) => referenceShapes.get(name) ?? SHAPES[(position(name) + rounds(name)) % SHAPES.length],
      ),
    },
    strokeDash: {
      domain,
      range: domain.map((name) =>
        isReference(name) ? referenceDash(name) : DASHES[rounds(name) % DASHES.length],
      ),
    },
  };
}
