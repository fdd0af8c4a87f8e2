import type { Vector } from '../../data/volunteers/settings.ts';

/** Voxels along x, y and z; x fastest. */
type Size = Vector;

/**
 * A volume displaced by fractions of voxels along y and z, linear between the voxels; at the edges the last voxel goes on.
 * @param values of one volume
 */
export function displaced(values: Float32Array, [nx, ny, nz]: Size, dy: number, dz: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let z = 0; z < nz; z++) {
    const [z0, z1, wz] = neighbours(z - dz, nz);
    for (let y = 0; y < ny; y++) {
      const [y0, y1, wy] = neighbours(y - dy, ny);
      for (let x = 0; x < nx; x++) {
        const at = (j: number, k: number) => values[x + nx * (j + ny * k)];
        out[x + nx * (y + ny * z)] =
          (1 - wz) * ((1 - wy) * at(y0, z0) + wy * at(y1, z0)) +
          wz * ((1 - wy) * at(y0, z1) + wy * at(y1, z1));
      }
    }
  }
  return out;
}

function neighbours(place: number, size: number): readonly [number, number, number] {
  const inside = Math.min(Math.max(place, 0), size - 1);
  const low = Math.min(Math.floor(inside), Math.max(0, size - 2));
  return [low, Math.min(low + 1, size - 1), inside - low];
}

/**
 * A volume with its ghost half a field of view away along y, as echo-planar imaging has it where odd and even lines differ
 * (Bernstein, King and Zhou, Handbook of MRI Pulse Sequences, 2004, section 16.1): the share of the signal that the ghost has is missing at
 * its origin.
 */
export function ghosted(values: Float32Array, [nx, ny]: Size, share: number): Float32Array {
  const slice = nx * ny;
  const half = Math.floor(ny / 2);
  return values.map((value, i) => {
    const within = i % slice;
    const y = Math.floor(within / nx);
    const from = i - within + (within % nx) + nx * ((y + half) % ny);
    return (1 - share) * value + share * values[from];
  });
}
