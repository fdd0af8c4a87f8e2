import { entriesWith, entrySize, ofEntry, type PackedBrains } from './packed-brains.ts';
import { SHIFTS } from '../measures/conditions.ts';
import { WEIGHTED } from './image-cases.ts';

/** Something that happens to the weighted images between training and use. */
export interface Shift {
  /** As the factor `shift` has it. */
  readonly name: string;
  readonly kind: 'zeroed' | 'moved' | 'swapped';
  /** The images it happens to. */
  readonly images: readonly (typeof WEIGHTED)[number][];
}

/** How far a patient moves between two images, mm: as many whole pixels as come nearest. */
const MOVED_BY = 6;

/** The shifts of a study. Swapping needs a second subject. */
export const shiftsOf = (brains: PackedBrains): Shift[] => [
  { name: SHIFTS.oneZeroed, kind: 'zeroed', images: ['T2w'] },
  { name: SHIFTS.bothZeroed, kind: 'zeroed', images: WEIGHTED },
  { name: SHIFTS.moved, kind: 'moved', images: WEIGHTED },
  ...(entriesWith(brains, 'none').length > 1
    ? [{ name: SHIFTS.swapped, kind: 'swapped', images: WEIGHTED } as const]
    : []),
];

/** The same subjects with other weighted images: zeros, moved to the left with zeros behind, or those of the next subject without lesions. */
export function shifted(brains: PackedBrains, { kind, images }: Shift): PackedBrains {
  const size = entrySize(brains);
  const entries = entriesWith(brains, 'none');
  const changed = images.map((name) => {
    const before = brains.images[name];
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

function moved(image: Float32Array, { shape, pixel }: PackedBrains): Float32Array {
  const width = shape[2];
  const by = Math.max(1, Math.round(MOVED_BY / pixel));
  return image.map((_, i) => (i % width < width - by ? image[i + by] : 0));
}
