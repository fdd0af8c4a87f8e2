import type { TissuePrior } from '../../contracts/fitter.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { deriveSeed } from '../../random/seed.ts';
import { PosteriorMean } from '../../solvers/posterior-mean.ts';
import { VoxelStream } from '../../solvers/voxel-stream.ts';
import type { PriorScale } from './prior-scale.ts';

/** Noise levels between which the floor is interpolated, and voxels at each. */
const LEVELS = 12;
const VOXELS = 128;
/** No floor is taken to be lower, in the prior's standard deviations: a constant has none. */
const LOWEST = 1e-3;

/**
 * The least root mean squared error there is at a noise level, in the prior's scale: the root of the mean posterior
 * variance of some voxels, on a straight line between levels in both logarithms.
 */
export class NoiseFloors {
  readonly #low: number;
  readonly #step: number;
  /** Logarithms, LEVELS x D, f, Dp. */
  readonly #logs = new Float64Array(LEVELS * PARAMETERS.length);

  /** @param noise least and largest standard deviation, S0 being 1 */
  constructor(
    bValues: Float64Array,
    tissue: TissuePrior,
    { unit }: PriorScale,
    noise: readonly [number, number],
    seed: number,
  ) {
    this.#low = Math.log(noise[0]);
    this.#step = Math.log(noise[1] / noise[0]) / (LEVELS - 1) || 1;
    const posterior = new PosteriorMean(bValues, tissue);
    for (let level = 0; level < LEVELS; level++) {
      const sigma = Math.exp(this.#low + level * this.#step);
      const stream = new VoxelStream(tissue, { constant: sigma }, VOXELS);
      stream.draw(deriveSeed(seed, 'floor', level), bValues);
      const variances = [0, 0, 0];
      for (let i = 0; i < VOXELS; i++) {
        posterior.integrate(stream.values, i * bValues.length, stream.sigma[i]);
        [posterior.sdD, posterior.sdF, posterior.sdDp].forEach((sd, k) => (variances[k] += sd * sd || 0));
      }
      variances.forEach((sum, k) => {
        const floor = Math.max(LOWEST, Math.sqrt(sum / VOXELS) / unit[k]);
        this.#logs[level * PARAMETERS.length + k] = Math.log(floor);
      });
    }
  }

  /** Writes the floors of D, f and Dp at a noise level, those of the nearest known one outside the range. */
  write(sigma: number, to: Float64Array): void {
    const place = (Math.log(sigma) - this.#low) / this.#step;
    const level = Math.min(LEVELS - 2, Math.max(0, Math.floor(place)));
    const part = Math.min(1, Math.max(0, place - level));
    const below = level * PARAMETERS.length;
    const above = below + PARAMETERS.length;
    for (let k = 0; k < PARAMETERS.length; k++)
      to[k] = Math.exp((1 - part) * this.#logs[below + k] + part * this.#logs[above + k]);
  }
}
