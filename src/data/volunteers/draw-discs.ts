import { Mt19937 } from '../../random/mt19937.ts';
import type { ScanSpace } from './scan-space.ts';

/** How many discs a reader places in one region. */
export interface WantedDiscs {
  /** The region's number in the label map. */
  readonly index: number;
  readonly count: number;
  readonly seed: number;
}

/**
 * Replaces regions of a label map by discs, each in one slice. A disc's middle is drawn from the voxels around which the whole
 * disc lies in the region and touches no other disc of it: slices are chosen in proportion to the room that they offer. Where
 * no voxel has so much room, those with the most are taken; a region that is too small for a disc gets the part that fits.
 * @param diameter mm; a voxel belongs to a disc if its centre does
 * @returns a new label map; regions that are not among `wanted` are unchanged
 */
export function drawDiscs(
  labels: Uint8Array,
  { shape, columns }: ScanSpace,
  diameter: number,
  wanted: readonly WantedDiscs[],
): Uint8Array {
  const [width, height, slices] = shape;
  const step = [0, 1].map((axis) => Math.hypot(...columns[axis]));
  const offsets = within(diameter / 2, step);
  const drawn = labels.map((label) => (wanted.some(({ index }) => index === label) ? 0 : label));
  for (const { index, count, seed } of wanted) {
    const random = new Mt19937(seed);
    for (let disc = 0; disc < count; disc++) {
      let most = 0;
      let best: { i: number; j: number; k: number }[] = [];
      for (let k = 0; k < slices; k++) {
        for (let j = 0; j < height; j++) {
          for (let i = 0; i < width; i++) {
            if (labels[(k * height + j) * width + i] !== index) continue;
            const room = roomAt(i, j, k);
            if (room < most) continue;
            if (room > most) [most, best] = [room, []];
            best.push({ i, j, k });
          }
        }
      }
      if (best.length === 0) break;
      const middle = best[Math.floor(random.uniform() * best.length)];
      for (const [di, dj] of offsets) {
        const voxel = voxelAt(middle.i + di, middle.j + dj, middle.k);
        if (voxel !== undefined && labels[voxel] === index) drawn[voxel] = index;
      }
    }

    /** Number of voxels of a disc around a voxel that are in the region and in no disc of it; 0 if the voxel itself is in one. */
    function roomAt(i: number, j: number, k: number): number {
      if (drawn[(k * height + j) * width + i] === index) return 0;
      let room = 0;
      for (const [di, dj] of offsets) {
        const voxel = voxelAt(i + di, j + dj, k);
        if (voxel !== undefined && labels[voxel] === index && drawn[voxel] !== index) room++;
      }
      return room;
    }
  }
  return drawn;

  function voxelAt(i: number, j: number, k: number): number | undefined {
    return i < 0 || j < 0 || i >= width || j >= height ? undefined : (k * height + j) * width + i;
  }
}

/** Steps to the voxels whose centres are within a radius in the plane, mm. */
function within(radius: number, [across, along]: readonly number[]): (readonly [number, number])[] {
  const [wide, high] = [Math.floor(radius / across), Math.floor(radius / along)];
  const found: (readonly [number, number])[] = [];
  for (let dj = -high; dj <= high; dj++) {
    for (let di = -wide; di <= wide; di++) {
      if (Math.hypot(di * across, dj * along) <= radius) found.push([di, dj]);
    }
  }
  return found;
}
