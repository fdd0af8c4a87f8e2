import type { Picture } from '../contracts/picture.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import type { PackedAbdomens, Person } from './packed-abdomens.ts';

/** A slice as it is looked at, the patient's right on the left and the front on top. @param volume x fastest, from the patient's right to the left, from back to front */
export function slicePicture(
  { experiment, method, factors }: RowSubject,
  { regions }: Pick<PackedAbdomens, 'regions'>,
  { name, grid }: Pick<Person, 'name' | 'grid'>,
  { quantity, volume }: { readonly quantity: 'b0' | 'regions'; readonly volume: ArrayLike<number> },
): Picture {
  const [width, height, slices] = grid.shape;
  const slice = slices >> 1;
  const values = Float32Array.from({ length: width * height }, (_, i) => {
    const y = height - 1 - Math.floor(i / width);
    const value = volume[(i % width) + width * (y + height * slice)];
    if (quantity === 'b0') return value;
    // Regions by their place in the legend; background has none.
    return value === 0 ? NaN : value - 1;
  });
  return {
    ...{ experiment, method, quantity, width, height, values },
    factors: { ...factors, subject: name, slice: slice + 1 },
    pixel: [grid.voxel[0], grid.voxel[1]],
    ...(quantity === 'regions' ? { legend: regions } : {}),
  };
}
