import type { Mask } from './dice.ts';

/** The grid of a volume, x fastest. */
export interface MaskGrid {
  readonly shape: readonly [number, number, number];
  /** mm */
  readonly voxel: readonly [number, number, number];
}

/** Distances of the surface of each of two regions from that of the other, mm; none where a region is empty. */
export interface SurfaceDistances {
  readonly fromFirst: Float64Array;
  readonly fromSecond: Float64Array;
  /** Whether the regions have voxels. */
  readonly firstIsEmpty: boolean;
  readonly secondIsEmpty: boolean;
}

/**
 * The distance of every surface voxel of a region to the nearest surface voxel of another, between the middles of voxels. A voxel is of the surface
 * where one of its six neighbours is not in the region or not in the volume.
 * @throws RangeError where a region has another number of voxels than the grid
 */
export function surfaceDistances(first: Mask, second: Mask, grid: MaskGrid): SurfaceDistances {
  const [a, b] = [surfaceOf(first, grid), surfaceOf(second, grid)];
  const empty = new Float64Array(0);
  const either = a.length === 0 || b.length === 0;
  return {
    fromFirst: either ? empty : nearest(a, b),
    fromSecond: either ? empty : nearest(b, a),
    firstIsEmpty: a.length === 0,
    secondIsEmpty: b.length === 0,
  };
}

/** What a distance is where a region is empty: undefined of two such regions, infinite of one. */
export const distanceOfEmpty = ({ firstIsEmpty, secondIsEmpty }: SurfaceDistances): number | undefined =>
  firstIsEmpty && secondIsEmpty ? NaN : firstIsEmpty || secondIsEmpty ? Infinity : undefined;

/** Middles of the surface voxels, mm: three numbers each. */
function surfaceOf(mask: Mask, { shape: [nx, ny, nz], voxel }: MaskGrid): Float64Array {
  if (mask.length !== nx * ny * nz) {
    throw new RangeError(`a region of ${mask.length} voxels is not on a grid of ${nx} x ${ny} x ${nz}`);
  }
  const inside = (x: number, y: number, z: number): boolean =>
    x >= 0 && y >= 0 && z >= 0 && x < nx && y < ny && z < nz && mask[x + nx * (y + ny * z)] > 0;
  const places: number[] = [];
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) {
        if (!inside(x, y, z)) continue;
        const surrounded =
          inside(x - 1, y, z) &&
          inside(x + 1, y, z) &&
          inside(x, y - 1, z) &&
          inside(x, y + 1, z) &&
          inside(x, y, z - 1) &&
          inside(x, y, z + 1);
        if (!surrounded) places.push(x * voxel[0], y * voxel[1], z * voxel[2]);
      }
    }
  }
  return Float64Array.from(places);
}

function nearest(from: Float64Array, to: Float64Array): Float64Array {
  const distances = new Float64Array(from.length / 3);
  for (let i = 0; i < from.length; i += 3) {
    let least = Infinity;
    for (let j = 0; j < to.length; j += 3) {
      const squared =
        (from[i] - to[j]) ** 2 + (from[i + 1] - to[j + 1]) ** 2 + (from[i + 2] - to[j + 2]) ** 2;
      if (squared < least) least = squared;
    }
    distances[i / 3] = Math.sqrt(least);
  }
  return distances;
}
