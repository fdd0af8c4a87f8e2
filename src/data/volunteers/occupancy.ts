import { holds, type Anatomy } from './anatomy.ts';
import { eachVoxel } from './each-voxel.ts';
import type { ScanSpace } from './scan-space.ts';

/** Index of the body around the organs, in the fractions of tissue. */
export const BODY = 0;
const AIR = -1;

/**
 * Computes the fraction of each tissue in a voxel by sampling `points` x `points` x `points` positions; 1 samples only its
 * centre. A voxel whose eight corners have the same tissue is taken to consist of it: no structure is smaller.
 */
export class Occupancy {
  readonly #anatomy: Anatomy;
  readonly #shape: ScanSpace['shape'];
  readonly #places: Float64Array;
  /** Tissue at the corners of all voxels, if more than the centre is sampled. */
  readonly #corners: Int8Array | undefined;

  constructor(anatomy: Anatomy, space: ScanSpace, points: number) {
    this.#anatomy = anatomy;
    this.#shape = space.shape;
    const steps = Array.from({ length: points }, (_, i) => (i + 0.5) / points - 0.5);
    this.#places = Float64Array.from(
      steps.flatMap((k) => steps.flatMap((j) => steps.flatMap((i) => moved(space, i, j, k)))),
    );
    if (points > 1) this.#corners = this.#atCorners(space);
  }

  /** Writes the fractions of voxel `voxel`, with centre (x, y, z): body first, then organs by their index. */
  shares(voxel: number, x: number, y: number, z: number, out: Float64Array): void {
    out.fill(0);
    const whole = this.#wholly(voxel);
    if (whole !== undefined) {
      if (whole !== AIR) out[whole] = 1;
      return;
    }
    const places = this.#places;
    const share = 3 / places.length;
    for (let i = 0; i < places.length; i += 3) {
      const at = this.#at(x + places[i], y + places[i + 1], z + places[i + 2]);
      if (at !== AIR) out[at] += share;
    }
  }

  /** Returns the tissue of all corners of a voxel, if they agree. */
  #wholly(voxel: number): number | undefined {
    const corners = this.#corners;
    if (!corners) return undefined;
    const [nx, ny] = this.#shape;
    const j = Math.floor(voxel / nx);
    const k = Math.floor(j / ny);
    const row = nx + 1;
    const slice = row * (ny + 1);
    const first = k * slice + (j - k * ny) * row + (voxel - j * nx);
    const at = corners[first];
    const same =
      at === corners[first + 1] &&
      at === corners[first + row] &&
      at === corners[first + row + 1] &&
      at === corners[first + slice] &&
      at === corners[first + slice + 1] &&
      at === corners[first + slice + row] &&
      at === corners[first + slice + row + 1];
    return same ? at : undefined;
  }

  #atCorners(space: ScanSpace): Int8Array {
    const { shape, columns, origin } = space;
    const half = moved(space, -0.5, -0.5, -0.5);
    const grid: ScanSpace = {
      shape: [shape[0] + 1, shape[1] + 1, shape[2] + 1],
      columns,
      origin: [origin[0] + half[0], origin[1] + half[1], origin[2] + half[2]],
    };
    const corners = new Int8Array(grid.shape[0] * grid.shape[1] * grid.shape[2]);
    eachVoxel(grid, (i, x, y, z) => {
      corners[i] = this.#at(x, y, z);
    });
    return corners;
  }

  #at(x: number, y: number, z: number): number {
    const { organs, surroundings } = this.#anatomy;
    for (let o = 0; o < organs.length; o++) {
      if (holds(organs[o], x, y, z)) return organs[o].index;
    }
    const [a, b] = surroundings.radii;
    return (x / a) ** 2 + (y / b) ** 2 < 1 ? BODY : AIR;
  }
}

function moved({ columns }: ScanSpace, i: number, j: number, k: number): number[] {
  const [a, b, c] = columns;
  return [0, 1, 2].map((row) => a[row] * i + b[row] * j + c[row] * k);
}
