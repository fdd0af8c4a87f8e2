import { entriesWith, entrySize, imageOf, ofEntry, type PackedBrains } from './packed-brains.ts';
import { SHIFTS } from '../measures/conditions.ts';
import type { Weighting } from '../images/weighting.ts';

/** Something that happens to the weighted images between training and use. */
export interface Shift {
  /** As the factor `shift` has it. */
  readonly name: string;
  readonly kind: 'zeroed' | 'moved' | 'swapped';
  /** The images it happens to. */
  readonly images: readonly Weighting[];
}

/** How far a patient moves between two images, mm. */
const MOVED_BY = 6;

/** The shifts of a study: the last weighted image is missing, or all are. Swapping needs a second subject. */
export const shiftsOf = (brains: PackedBrains): Shift[] => {
  const { weighted } = brains;
  const zeroed = (images: readonly Weighting[]): Shift => ({
    ...{ name: `${images.join(' and ')} zeroed`, kind: 'zeroed', images },
  });
  return [
    ...(weighted.length > 1 ? [zeroed(weighted.slice(-1))] : []),
    zeroed(weighted),
    { name: SHIFTS.moved, kind: 'moved', images: weighted },
    ...(entriesWith(brains, 'none').length > 1
      ? [{ name: SHIFTS.swapped, kind: 'swapped', images: weighted } as const]
      : []),
  ];
};

/** The same subjects with other weighted images: zeros, moved to the left with zeros behind, or those of the next subject without lesions. */
export function shifted(brains: PackedBrains, { kind, images }: Shift): PackedBrains {
  const size = entrySize(brains);
  const entries = entriesWith(brains, 'none');
  const changed = images.map((name) => {
    const before = imageOf(brains, name);
    if (kind === 'zeroed') return [name, new Float32Array(before.length)];
    if (kind === 'moved') return [name, moved(before, brains)];
    const after = before.slice();
    entries.forEach((entry, i) =>
      after.set(ofEntry(brains, before, entries[(i + 1) % entries.length]), entry * size),
    );
    return [name, after];
  });
  return {
    ...brains,
    images: { ...brains.images, ...(Object.fromEntries(changed) as Partial<PackedBrains['images']>) },
  };
}

/** Linear between the two pixels that a fraction of a pixel falls between, which blurs a little. */
function moved(image: Float32Array, { shape, pixel }: PackedBrains): Float32Array {
  const width = shape[2];
  const by = MOVED_BY / pixel;
  const whole = Math.floor(by);
  const part = by - whole;
  const at = (i: number, x: number, step: number) => (x + step < width ? image[i + step] : 0);
  return image.map((_, i) => {
    const x = i % width;
    const near = at(i, x, whole);
    return part === 0 ? near : (1 - part) * near + part * at(i, x, whole + 1);
  });
}
