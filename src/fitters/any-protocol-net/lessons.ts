import type { TissuePrior } from '../../contracts/fitter.ts';
import type { Draw, DrawModule } from '../../nets/ahead/batches.ts';
import { draw } from '../../random/distribution.ts';
import { QuickRandom } from '../../random/quick-random.ts';
import { deriveSeed } from '../../random/seed.ts';
import { expOfMinus } from '../../solvers/exponential.ts';
import { drawProtocol, PROTOCOLS } from './draw-protocol.ts';
import { OUTPUTS, PER_PARAMETER } from './manifest.ts';
import { PriorGrid } from './posterior-mode.ts';
import { meanRepeats, type MeasuredAt } from './measured-at.ts';
import { INPUTS, ProtocolInputs } from './protocol-inputs.ts';
import { RicianMoments } from './rician-moments.ts';
import { Standardisation } from './standardisation.ts';

/**
 * Range of S0 over the noise of a signal. Low values are drawn less often, since their errors are dominated by the prior and
 * soon learnt.
 */
export const SNR = { lowest: 2, highest: 300 } as const;

/** Number of protocols that voxels are drawn from at any time. */
const PROTOCOLS_AT_A_TIME = 1024;
const MOST_B_VALUES = PROTOCOLS.most + 1;

/** A protocol, and the features of voxels measured with it. */
interface Place {
  readonly measured: MeasuredAt;
  /** Measurements per b-value above 0. */
  readonly meanRepeats: number;
  readonly inputs: ProtocolInputs;
}

/** Voxels of random tissue, measured with random protocols and noise. */
class RandomVoxels {
  /** After `next`: D, f and Dp. */
  readonly truth = new Float64Array(3);
  /** After `next`: the inputs of the protocol, with the state of the voxel. */
  inputs: ProtocolInputs;

  readonly #tissue: TissuePrior;
  readonly #grid: PriorGrid;
  readonly #withoutB0: boolean;
  readonly #places: Place[];
  readonly #moments = new RicianMoments();
  readonly #values = new Float64Array(MOST_B_VALUES);
  readonly #gaussian = new Float64Array(2 * MOST_B_VALUES);
  #renewed = 0;

  constructor(tissue: TissuePrior, grid: PriorGrid, random: QuickRandom, withoutB0 = false) {
    this.#tissue = tissue;
    this.#grid = grid;
    this.#withoutB0 = withoutB0;
    this.#places = Array.from({ length: PROTOCOLS_AT_A_TIME }, () => this.#newPlace(random));
    this.inputs = this.#places[0].inputs;
  }

  /** Replaces the oldest protocol by a new one. */
  renew(random: QuickRandom): void {
    this.#places[this.#renewed++ % PROTOCOLS_AT_A_TIME] = this.#newPlace(random);
  }

  /** Draws a voxel and writes its features to `to[at…]`. */
  next(random: QuickRandom, to: Float64Array, at: number): void {
    const place = this.#places[Math.floor(PROTOCOLS_AT_A_TIME * random.uniform())];
    const tissue = this.#tissue;
    const truth = this.truth;
    truth[0] = draw(tissue.D, random);
    truth[1] = draw(tissue.f, random, 0, 1);
    truth[2] = draw(tissue.Dp, random);
    const snr = SNR.lowest * (SNR.highest / SNR.lowest) ** Math.sqrt(random.uniform());
    const sigma = Math.sqrt(place.meanRepeats) / snr;
    this.#measure(place.measured, sigma, random);
    this.inputs = place.inputs;
    place.inputs.write(this.#values, 0, sigma, to, at);
  }

  /** Simulates magnitudes with S0 = 1; the mean of several is drawn from a normal distribution with its mean and variance. */
  #measure({ bValues, repeats }: MeasuredAt, sigma: number, random: QuickRandom): void {
    const values = this.#values;
    const gaussian = this.#gaussian;
    const moments = this.#moments;
    const D = this.truth[0];
    const f = this.truth[1];
    const Dp = this.truth[2];
    random.fillGaussian(gaussian);
    for (let k = 0; k < bValues.length; k++) {
      const signal = f * expOfMinus(bValues[k] * Dp) + (1 - f) * expOfMinus(bValues[k] * D);
      if (repeats[k] === 1) {
        const real = signal + sigma * gaussian[2 * k];
        const imaginary = sigma * gaussian[2 * k + 1];
        values[k] = Math.sqrt(real * real + imaginary * imaginary);
      } else {
        moments.at(signal / sigma);
        const spread = Math.sqrt(moments.variance / repeats[k]);
        values[k] = sigma * (moments.mean + spread * gaussian[2 * k]);
      }
    }
  }

  #newPlace(random: QuickRandom): Place {
    const measured = drawProtocol(random, this.#withoutB0);
    return {
      measured,
      meanRepeats: meanRepeats(measured.repeats),
      inputs: new ProtocolInputs(measured, this.#grid),
    };
  }
}

export interface LessonPlan {
  readonly tissue: TissuePrior;
  /** Whether the protocols lack b=0. */
  readonly withoutB0: boolean;
  readonly batch: number;
  readonly seed: number;
}

/** Number of voxels from which the standardisation of the inputs is computed. */
const SAMPLE = 20_000;
/** Weight of the loss of a quantile relative to that of a mean, by which networks are compared. */
const QUANTILE_WEIGHT = 0.3;

/** The training data: random voxels of random protocols with their truth, new ones in every batch. */
export class Lessons {
  readonly standardised: Standardisation;

  readonly #plan: LessonPlan;
  readonly #voxels: RandomVoxels;
  readonly #row = new Float64Array(INPUTS);

  constructor(plan: LessonPlan) {
    const first = new QuickRandom(deriveSeed(plan.seed, 'protocols'));
    this.#plan = plan;
    this.#voxels = new RandomVoxels(plan.tissue, new PriorGrid(plan.tissue), first, plan.withoutB0);
    const sample = new Float64Array(SAMPLE * INPUTS);
    for (let i = 0; i < SAMPLE; i++) this.#voxels.next(first, sample, i * INPUTS);
    this.standardised = new Standardisation(sample, INPUTS);
  }

  /** Fills the batch of a step, see `Draw`. */
  draw(step: number, x: Float32Array, target: Float32Array): void {
    const random = new QuickRandom(deriveSeed(this.#plan.seed, 'batch', step));
    this.#voxels.renew(random);
    for (let i = 0; i < this.#plan.batch; i++) {
      this.#voxels.next(random, this.#row, 0);
      this.standardised.apply(this.#row, x, i * INPUTS);
      writeTargets(this.#voxels, target, 2 * i * OUTPUTS);
    }
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

/**
 * Writes the same target for every output of a parameter: the distance of the truth from the mode, in the mode's standard
 * deviations. Errors of the mean are weighted by expected errors instead, which are the same for all voxels of a protocol and
 * noise level.
 */
function writeTargets({ truth, inputs }: RandomVoxels, target: Float32Array, at: number): void {
  const { centre, scale, expected } = inputs;
  for (let j = 0, o = 0; j < 3; j++) {
    const t = (truth[j] - centre[j]) / scale[j];
    const relative = scale[j] / expected[j];
    target[at + o] = t;
    target[at + OUTPUTS + o++] = relative * relative;
    for (let k = 1; k < PER_PARAMETER; k++) {
      target[at + o] = t;
      target[at + OUTPUTS + o++] = QUANTILE_WEIGHT;
    }
  }
}
