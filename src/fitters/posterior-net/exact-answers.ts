import type { TissuePrior } from '../../contracts/fitter.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { deriveSeed } from '../../random/seed.ts';
import { PosteriorMean } from '../../solvers/posterior-mean.ts';
import { VoxelStream } from '../../solvers/voxel-stream.ts';
import type { PriorScale } from './signal-inputs.ts';

/**
 * A growing collection of simulated voxels with posterior means computed by quadrature. A true parameter is one draw from the
 * posterior and differs from its mean by as much as the best estimate differs from the truth; the mean itself is a target
 * without noise, and worth far more than the 20 to 40 µs of the quadrature.
 */
export class ExactAnswers {
  /** Voxels so far. */
  n = 0;
  readonly inputs: Float32Array;
  /** Per voxel D, f, Dp in mm²/s and as a fraction. */
  readonly means: Float64Array;
  readonly sigma: Float64Array;

  readonly #bValues: Float64Array;
  readonly #posterior: PosteriorMean;
  readonly #stream: VoxelStream;
  readonly #width: number;

  /**
   * @param capacity the most voxels there will be
   * @param width inputs per voxel
   */
  constructor(
    bValues: Float64Array,
    tissue: TissuePrior,
    stream: VoxelStream,
    capacity: number,
    width: number,
  ) {
    this.#bValues = bValues;
    this.#posterior = new PosteriorMean(bValues, tissue);
    this.#stream = stream;
    this.#width = width;
    this.inputs = new Float32Array(capacity * width);
    this.means = new Float64Array(3 * capacity);
    this.sigma = new Float64Array(capacity);
  }

  /**
   * Adds the voxels of a seed; those whose quadrature fails are skipped.
   *
   * @param writeInputs writes the inputs of the stream's `i`-th voxel to `to[at…]`
   */
  add(
    seed: number,
    writeInputs: (stream: VoxelStream, i: number, to: Float32Array, at: number) => void,
  ): void {
    const stream = this.#stream;
    const posterior = this.#posterior;
    stream.draw(seed, this.#bValues);
    for (let i = 0; i < stream.n; i++) {
      posterior.integrate(stream.values, i * this.#bValues.length, stream.sigma[i]);
      if (!Number.isFinite(posterior.D + posterior.f + posterior.Dp)) continue;
      this.means[3 * this.n] = posterior.D;
      this.means[3 * this.n + 1] = posterior.f;
      this.means[3 * this.n + 2] = posterior.Dp;
      this.sigma[this.n] = stream.sigma[i];
      writeInputs(stream, i, this.inputs, this.n * this.#width);
      this.n++;
    }
  }
}

/** Number of noise levels between which the floor is interpolated, and of voxels at each. */
const LEVELS = 12;
const VOXELS = 128;
/** Lower limit of the floor, in the prior's standard deviations, since a constant has none. */
const LOWEST = 1e-3;

/**
 * The smallest attainable root mean squared error at a noise level, in the prior's scale: the root of the mean posterior
 * variance of some voxels, interpolated between levels linearly in both logarithms.
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

  /** Writes the floors of D, f and Dp at a noise level; outside the range, those of the nearest level. */
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
