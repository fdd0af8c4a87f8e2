import type { TissuePrior } from '../../contracts/fitter.ts';
import type { Draw, DrawModule } from '../../nets/ahead/batches.ts';
import { QuickRandom } from '../../random/quick-random.ts';
import { deriveSeed } from '../../random/seed.ts';
import { VoxelStream } from '../../solvers/voxel-stream.ts';
import { ExactAnswers, NoiseFloors } from './exact-answers.ts';
import { OUTPUTS, PER_PARAMETER } from './manifest.ts';
import { priorScale, SignalInputs } from './signal-inputs.ts';
import type { PriorScale } from './signal-inputs.ts';
import { Whitening } from './whitening.ts';

export interface LessonPlan {
  readonly bValues: Float64Array;
  readonly tissue: TissuePrior;
  /** Least and largest standard deviation of the noise, S0 being 1. */
  readonly noise: readonly [number, number];
  /** Whether the noise level is an input of the network. */
  readonly knowsNoise: boolean;
  readonly batch: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** Number of voxels with exact posterior means that every epoch adds. */
  readonly exactVoxels: number;
  readonly seed: number;
}

/** Number of voxels from which the whitening of the inputs is computed. */
const SAMPLE = 8192;
/**
 * Above this S0/sigma, posterior means by quadrature with Gaussian noise are practically exact. Below, the Rician noise of
 * magnitudes would matter, by 0.3 % in the RMSE of D at 25 and 2 % at 10, and true parameters are the targets of the means.
 */
const GAUSSIAN_FROM = 30;
/** Weight of a quantile's loss relative to that of a mean, whose unit is the square of the floor. */
const QUANTILE_WEIGHT = 0.2;

/**
 * The training batches. At least half of each consists of new voxels with their true parameters, which are targets of
 * quantiles, and of means at high noise. The others are voxels with low noise and exact means; every epoch adds to them. If the
 * noise is not an input, every level must occur equally often in both parts; otherwise they have equal size.
 */
export class Lessons {
  readonly inputs: SignalInputs;
  readonly whitening: Whitening;
  readonly scale: PriorScale;

  readonly #plan: LessonPlan;
  readonly #fresh: VoxelStream;
  readonly #exact: ExactAnswers;
  /** Largest noise at which means are learnt from exact posterior means. */
  readonly #gaussianTo: number;
  readonly #floors: NoiseFloors;
  readonly #floor = new Float64Array(3);
  readonly #row: Float64Array;

  constructor(plan: LessonPlan) {
    const { bValues, tissue, noise, batch, exactVoxels, epochs, seed } = plan;
    const sigma = { logUniform: noise };
    this.#plan = plan;
    this.scale = priorScale(tissue);
    this.inputs = new SignalInputs(bValues.length, plan.knowsNoise);
    this.#row = new Float64Array(this.inputs.count);
    this.whitening = this.#whiten(new VoxelStream(tissue, sigma, SAMPLE), deriveSeed(seed, 'sample'));
    this.#floors = new NoiseFloors(bValues, tissue, this.scale, noise, seed);
    this.#gaussianTo = Math.min(noise[1], Math.max(noise[0], 1 / GAUSSIAN_FROM));
    const share = Math.log(this.#gaussianTo / noise[0]) / Math.log(noise[1] / noise[0]);
    const exact = plan.knowsNoise && share > 0 ? 0.5 : share / (1 + share);
    this.#fresh = new VoxelStream(tissue, sigma, batch - Math.floor(exact * batch));
    const stream = new VoxelStream(tissue, { logUniform: [noise[0], this.#gaussianTo] }, exactVoxels);
    this.#exact = new ExactAnswers(bValues, tissue, stream, exactVoxels * epochs, this.inputs.count);
    if (!plan.knowsNoise) this.#floors.write(Math.sqrt(noise[0] * noise[1]), this.#floor);
  }

  #whiten(stream: VoxelStream, seed: number): Whitening {
    const { bValues } = this.#plan;
    const width = this.inputs.count;
    const rows = new Float64Array(stream.n * width);
    stream.draw(seed, bValues);
    for (let i = 0; i < stream.n; i++)
      this.inputs.write(stream.values, i * bValues.length, stream.sigma[i], rows, i * width);
    return new Whitening(rows, width);
  }

  /** Fills the batch of a step, see `Draw`. */
  draw(step: number, x: Float32Array, target: Float32Array): void {
    const { seed, bValues, batch, stepsPerEpoch } = this.#plan;
    if (step % stepsPerEpoch === 0) {
      this.#exact.add(deriveSeed(seed, 'exact', step), (stream, i, to, at) => this.#write(stream, i, to, at));
    }
    const width = this.inputs.count;
    const fresh = this.#fresh;
    fresh.draw(deriveSeed(seed, 'batch', step), bValues);
    for (let row = 0; row < fresh.n; row++) {
      this.#write(fresh, row, x, row * width);
      this.#teachTruth(row, target, 2 * row * OUTPUTS);
    }
    const exact = this.#exact;
    const random = new QuickRandom(deriveSeed(seed, 'choice', step));
    for (let row = fresh.n; row < batch; row++) {
      const chosen = Math.floor(exact.n * random.uniform());
      for (let k = 0; k < width; k++) x[row * width + k] = exact.inputs[chosen * width + k];
      this.#teachMeans(chosen, target, 2 * row * OUTPUTS);
    }
  }

  #write(stream: VoxelStream, i: number, to: Float32Array, at: number): void {
    this.inputs.write(stream.values, i * this.#plan.bValues.length, stream.sigma[i], this.#row, 0);
    this.whitening.apply(this.#row, to, at);
  }

  #teachTruth(row: number, target: Float32Array, at: number): void {
    const { D, f, Dp, sigma } = this.#fresh;
    this.#setFloor(sigma[row]);
    const meansToo = sigma[row] > this.#gaussianTo;
    this.#teachTruthOf(0, D[row], meansToo, target, at);
    this.#teachTruthOf(1, f[row], meansToo, target, at + PER_PARAMETER);
    this.#teachTruthOf(2, Dp[row], meansToo, target, at + 2 * PER_PARAMETER);
  }

  #teachTruthOf(k: number, truth: number, meansToo: boolean, target: Float32Array, at: number): void {
    const floor = this.#floor[k];
    const scaled = (truth - this.scale.centre[k]) / this.scale.unit[k];
    target.fill(scaled, at, at + PER_PARAMETER);
    target[at + OUTPUTS] = meansToo ? 1 / (floor * floor) : 0;
    target.fill(QUANTILE_WEIGHT / floor, at + OUTPUTS + 1, at + OUTPUTS + PER_PARAMETER);
  }

  #teachMeans(chosen: number, target: Float32Array, at: number): void {
    this.#setFloor(this.#exact.sigma[chosen]);
    target.fill(0, at, at + 2 * OUTPUTS);
    for (let k = 0; k < 3; k++) {
      const mean = this.#exact.means[3 * chosen + k];
      target[at + k * PER_PARAMETER] = (mean - this.scale.centre[k]) / this.scale.unit[k];
      target[at + k * PER_PARAMETER + OUTPUTS] = 1 / (this.#floor[k] * this.#floor[k]);
    }
  }

  /**
   * Weights may depend on the noise only if it is an input: otherwise they would bias the network towards low noise, where
   * errors have the largest weight.
   */
  #setFloor(sigma: number): void {
    if (this.#plan.knowsNoise) this.#floors.write(sigma, this.#floor);
  }
}

/** Creates the batches of a training. */
export default function drawLessons(plan: LessonPlan): Draw {
  const lessons = new Lessons(plan);
  return (step, x, target) => lessons.draw(step, x, target);
}

/** A description of the batches for drawing them in another thread. */
export const elsewhere = (setup: LessonPlan): DrawModule<LessonPlan> => ({
  url: import.meta.url,
  setup,
  here: () => drawLessons(setup),
});
