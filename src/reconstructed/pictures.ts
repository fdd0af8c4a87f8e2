import type { Picture } from '../contracts/picture.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { MAGNITUDE, ZOOM } from '../measures/quantities.ts';
import { entriesWith } from '../synthesised/packed-brains.ts';
import { sliceOf, type PackedHeads } from './packed-heads.ts';
import type { ScoredSet } from './scores.ts';

/** Width and height of the part that is enlarged, mm. */
const ZOOMED = 48;

interface Shown {
  readonly entry: number;
  readonly slice: number;
  /** Pixel in the middle of the lesions' change. */
  readonly x: number;
  readonly y: number;
}

/** The entry and slice that pictures show: of the first subject with lesions, the slice that they change most. */
export function shownLesion(heads: PackedHeads): Shown | undefined {
  const [slices, height, width] = heads.shape;
  for (const entry of entriesWith(heads, 'seen')) {
    const before = entriesWith(heads, 'none').find((each) => heads.subjects[each] === heads.subjects[entry]);
    if (before === undefined) continue;
    const changes = Array.from({ length: slices }, (_, slice) => {
      const [a, b] = [before, entry].map((each) => sliceOf(heads, heads.images.T2w, each, slice));
      return b.map((value, i) => Math.abs(value - a[i]));
    });
    const sums = changes.map((change) => change.reduce((sum, value) => sum + value, 0));
    const slice = sums.indexOf(Math.max(...sums));
    if (!(sums[slice] > 0)) continue;
    const place = changes[slice].indexOf(Math.max(...changes[slice]));
    return {
      ...{ entry, slice },
      x: Math.min(Math.max(place % width, 0), width - 1),
      y: Math.min(Math.floor(place / width), height - 1),
    };
  }
  return undefined;
}

/**
 * A slice as it is looked at, the patient's right on the left and the front on top, and its part about the lesion.
 * @param magnitudes of all entries
 */
export function picturesOf(
  about: RowSubject,
  heads: PackedHeads,
  {
    set,
    coils,
    acceleration,
  }: { readonly set: ScoredSet; readonly coils: number; readonly acceleration: number },
  magnitudes: Float32Array,
): Picture[] {
  const shown = shownLesion(heads);
  if (!shown) return [];
  const [, height, width] = heads.shape;
  const slice = sliceOf(heads, magnitudes, shown.entry, shown.slice);
  // On the grid x rises to the patient's right and y to the front.
  const turned = Float32Array.from({ length: height * width }, (_, i) => slice[height * width - 1 - i]);
  const side = Math.min(width, height, Math.max(2, Math.round(ZOOMED / heads.pixel)));
  const corner = (place: number, size: number) =>
    Math.min(Math.max(0, place - Math.floor(side / 2)), size - side);
  const [left, top] = [corner(width - 1 - shown.x, width), corner(height - 1 - shown.y, height)];
  const part = Float32Array.from(
    { length: side * side },
    (_, i) => turned[(top + Math.floor(i / side)) * width + left + (i % side)],
  );
  const { experiment, method } = about;
  const shared = {
    ...{ experiment, method },
    factors: { ...about.factors, set, coils, acceleration },
    pixel: [heads.pixel, heads.pixel] as const,
  };
  return [
    { ...shared, quantity: MAGNITUDE, width, height, values: turned },
    { ...shared, quantity: ZOOM, width: side, height: side, values: part },
  ];
}
