import { BOUND, TRUTH, type Row } from '../../contracts/metric.ts';
import { byName } from '../../tables/reading/series.ts';
import { COLORS, DASHES, fitterLooks, SHAPES } from './fitter-looks.ts';

/** What others are measured against takes no colour from them. */
export const REFERENCE_COLOR = '#8a8f98';

/** Dashes for the Bayes floor and the truth, dots for the bound. */
const referenceDash = (name: string): number[] => (name === BOUND ? [1.5, 2.5] : [4, 2]);

/** Symbols of references in legends, as SVG paths: lines without points. */
const DASHED_LINE = 'M-1.4,0L-0.6,0M-0.3,0L0.5,0M0.8,0L1.6,0';
const DOTTED_LINE = 'M-1.4,0L-1.2,0M-0.8,0L-0.6,0M-0.2,0L0,0M0.4,0L0.6,0M1,0L1.2,0';

/** Scales that give each series its colour, point shape, point size and dash. */
export interface SeriesLooks {
  readonly series: readonly string[];
  readonly color: { domain: string[]; range: string[] };
  /** Beside curves: references have their line. */
  readonly shape: { domain: string[]; range: string[] };
  /** Where there are points and no curves: references have a point as well. */
  readonly dot: { domain: string[]; range: string[] };
  /** The dash of its lines, for their data; nothing where they are solid. */
  readonly marksOf: (series: string) => SeriesMarks;
}

export interface SeriesMarks {
  readonly dash?: readonly number[];
}

/** The dash of a line, as its data have it: no scale, and so no part of a legend, where dashes fray symbols. */
export const LINE_DASH = { field: 'dash', type: 'nominal' as const, scale: null };

/**
 * Areas of points in square pixels: larger on solid lines, which are drawn below, than on dashed ones. Of points in one place the lower one
 * is seen around the upper one.
 */
export const POINT_SIZE = { condition: { test: 'isValid(datum.dash)', value: 30 }, value: 52 };

/**
 * The looks of `series` in a run: those of their fitters, which are the same in every figure and every report. Several series of one fitter
 * have its colour, with other shapes and dashes.
 * @param floor what the run calls the Bayes floor, where it has one
 */
export function seriesLooks(
  rows: readonly Row[],
  series: readonly string[],
  floor: string | undefined,
): SeriesLooks {
  const referenceShapes = new Map([
    ...(floor === undefined ? [] : [[floor, DASHED_LINE] as const]),
    [TRUTH, 'diamond'],
    [BOUND, DOTTED_LINE],
  ]);
  const isReference = (name: string) => referenceShapes.has(name);
  const methods = new Set(rows.map(({ method }) => method));
  const fitterOf = (name: string) => {
    if (methods.has(name)) return name;
    const end = name.indexOf(' · ');
    return end > 0 ? name.slice(0, end) : name;
  };
  const looks = fitterLooks(
    [...methods, ...series.map(fitterOf)].filter((name) => name !== '' && !isReference(name)),
  );
  const domain = [...new Set(series)].sort(byName);
  // What the others are measured against comes last in the legend.
  domain.sort((a, b) => Number(isReference(a)) - Number(isReference(b)));
  const drawn = domain.map((name) => {
    if (isReference(name)) {
      return {
        color: REFERENCE_COLOR,
        shape: referenceShapes.get(name)!,
        dash: referenceDash(name),
      };
    }
    const look = looks.get(fitterOf(name))!;
    const ofFitter = domain.filter((other) => fitterOf(other) === fitterOf(name)).indexOf(name);
    const dash = (look.dash + ofFitter) % DASHES.length;
    return {
      color: COLORS[look.color],
      shape: SHAPES[(look.shape + ofFitter) % SHAPES.length],
      dash: [...DASHES[dash]],
    };
  });
  return {
    series: domain,
    color: { domain, range: drawn.map(({ color }) => color) },
    shape: { domain, range: drawn.map(({ shape }) => shape) },
    dot: { domain, range: drawn.map(({ shape }) => (shape.startsWith('M') ? 'circle' : shape)) },
    marksOf(name) {
      const { dash } = drawn[domain.indexOf(name)];
      return dash[1] === 0 ? {} : { dash };
    },
  };
}
