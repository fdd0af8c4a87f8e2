import type { Picture } from '../contracts/picture.ts';
import { entriesWith, entrySize, imageOf, ofEntry, type PackedBrains } from './packed-brains.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import type { ScoredSet } from './scores.ts';

/** The entry and slice that pictures show: of the first subject with unseen lesions, the slice that they change most; without lesions, the middle of the first subject. */
export function shownSlice(
  brains: PackedBrains,
): { readonly entry: number; readonly slice: number } | undefined {
  const [slices, height, width] = brains.shape;
  const pixels = height * width;
  for (const entry of entriesWith(brains, 'unseen')) {
    const before = entriesWith(brains, 'none').find(
      (each) => brains.subjects[each] === brains.subjects[entry],
    );
    if (before === undefined) continue;
    const [truth, healthy] = [entry, before].map((each) => ofEntry(brains, imageOf(brains, 'truth'), each));
    const changes = Array.from({ length: slices }, (_, slice) => {
      let sum = 0;
      for (let i = slice * pixels; i < (slice + 1) * pixels; i++) sum += Math.abs(truth[i] - healthy[i]);
      return sum;
    });
    const most = Math.max(...changes);
    if (most > 0) return { entry, slice: changes.indexOf(most) };
  }
  if (brains.lesions.every((kind) => kind === 'none')) return { entry: 0, slice: slices >> 1 };
  return undefined;
}

/** A slice as it is looked at, the patient's right on the left and the front on top. @param image of all entries */
export function pictureOf(
  about: RowSubject,
  brains: PackedBrains,
  set: ScoredSet,
  { image, quantity }: { readonly image: Float32Array; readonly quantity: string },
): Picture[] {
  const shown = shownSlice(brains);
  if (!shown) return [];
  const [, height, width] = brains.shape;
  const from = shown.entry * entrySize(brains) + shown.slice * height * width;
  const values = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // On the grid x rises to the patient's right and y to the front.
      values[y * width + x] = image[from + (height - 1 - y) * width + (width - 1 - x)];
    }
  }
  return [
    {
      ...{ experiment: about.experiment, method: about.method, quantity, width, height, values },
      factors: { ...about.factors, set },
      pixel: [brains.pixel, brains.pixel],
    },
  ];
}
