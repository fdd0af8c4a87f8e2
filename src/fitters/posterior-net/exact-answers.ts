import type { TissuePrior } from '../../contracts/fitter.ts';
import { PosteriorMean } from '../../solvers/posterior-mean.ts';
import type { VoxelStream } from '../../solvers/voxel-stream.ts';

/**
 * A growing collection of simulated voxels whose posterior means are known by quadrature. A truth is one draw from the
 * posterior and misses its mean by as much as the best estimate misses the truth; the mean itself is a target without
 * noise, and worth the quadrature's 20 to 40 µs many times over.
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
   * Adds the voxels that belong to a seed; those whose quadrature fails are left out.
   *
   * @param writeInputs of the stream's `i`-th voxel to `to[at…]`
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
