import type { PolarGaussian } from '../random/polar-gaussian.ts';
import type { Grid } from './volume.ts';

/**
 * A sum of cosines in space with variance 1: per wave its wave vector (1/mm) and its phase. By random Fourier features
 * (Rahimi and Recht 2007) its covariance is the mean of cos(k . r) over the distribution of wave vectors.
 */
export type Waves = Float64Array;

/** Wave vectors of one length and random direction: bumps of one size. */
export function wavesOfLength(random: PolarGaussian, count: number, wavelength: number): Waves {
  return drawWaves(random, count, (k) => (2 * Math.PI) / wavelength / Math.hypot(k[0], k[1], k[2]));
}

/** Normal wave vectors: a smooth function with the covariance exp(-r² / (2 distance²)). */
export function smoothWaves(random: PolarGaussian, count: number, distance: number): Waves {
  return drawWaves(random, count, () => 1 / distance);
}

function drawWaves(random: PolarGaussian, count: number, stretch: (k: number[]) => number): Waves {
  const waves = new Float64Array(4 * count);
  for (let w = 0; w < waves.length; w += 4) {
    const k = [random.gaussian(), random.gaussian(), random.gaussian()];
    const by = stretch(k);
    for (let axis = 0; axis < 3; axis++) waves[w + axis] = by * k[axis];
    waves[w + 3] = 2 * Math.PI * random.uniform();
  }
  return waves;
}

/**
 * Evaluates waves at every voxel of a grid. Along a row the cosines follow from those at its start by the addition theorem, so
 * no cosine is computed per voxel.
 * @param frame voxel indices to the coordinates that the waves are in, three rows of four
 * @param out one value per voxel, overwritten
 */
export function evaluateWaves(
  waves: Waves,
  { shape }: Pick<Grid, 'shape'>,
  frame: readonly (readonly number[])[],
  out: Float32Array,
): void {
  const [nx, ny, nz] = shape;
  const count = waves.length / 4;
  const cosines = new Float64Array(nx);
  const sines = new Float64Array(nx);
  const height = Math.sqrt(2 / count);
  out.fill(0);
  for (let w = 0; w < waves.length; w += 4) {
    // The phase is linear in the indices: step[0] i + step[1] j + step[2] k + start.
    const along = (column: number) =>
      waves[w] * frame[0][column] + waves[w + 1] * frame[1][column] + waves[w + 2] * frame[2][column];
    const [perX, perY, perZ, start] = [along(0), along(1), along(2), along(3) + waves[w + 3]];
    for (let i = 0; i < nx; i++) {
      cosines[i] = height * Math.cos(perX * i);
      sines[i] = height * Math.sin(perX * i);
    }
    let voxel = 0;
    for (let k = 0; k < nz; k++) {
      for (let j = 0; j < ny; j++) {
        const phase = start + perY * j + perZ * k;
        const [c, s] = [Math.cos(phase), Math.sin(phase)];
        for (let i = 0; i < nx; i++) out[voxel++] += c * cosines[i] - s * sines[i];
      }
    }
  }
}
