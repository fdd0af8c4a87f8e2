import type { TissuePrior } from '../../contracts/fitter.ts';
import type { Draw, DrawModule } from '../../nets/ahead/batches.ts';
import { QuickRandom } from '../../random/quick-random.ts';
import { deriveSeed } from '../../random/seed.ts';
import { OUTPUTS, PER_PARAMETER } from './outputs.ts';
import { PriorGrid } from './prior-grid.ts';
import { INPUTS } from './protocol-inputs.ts';
import { RandomVoxels } from './random-voxels.ts';
import { Standardisation } from './standardisation.ts';

export interface LessonPlan {
  readonly tissue: TissuePrior;
  /** Whether the protocols lack b=0. */
  readonly withoutB0: boolean;
  readonly batch: number;
  readonly seed: number;
}

/** Voxels that the standardisation of the inputs is computed from. */
const SAMPLE = 20_000;
/** How much the loss of a quantile counts beside that of a mean, by which networks are compared. */
const QUANTILE_WEIGHT = 0.3;

/** What the network learns from: random voxels of random protocols, fresh ones in every batch, with their truth. */
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

/** The batches of a training. */
export default function drawLessons(plan: LessonPlan): Draw {
  const lessons = new Lessons(plan);
  return (step, x, target) => lessons.draw(step, x, target);
}

/** The same for another thread to draw. */
export const elsewhere = (setup: LessonPlan): DrawModule<LessonPlan> => ({ url: import.meta.url, setup });

/**
 * Every output of a parameter has the same target: how far the truth is from the mode, in the mode's standard deviations.
 * Errors of the mean count in expected errors instead, which are the same for all voxels of a protocol and noise level.
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
