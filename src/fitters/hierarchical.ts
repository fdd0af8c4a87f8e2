import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter, SavedModel } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { fail, QUANTILE_LEVELS, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { pauser } from '../nets/pauser.ts';
import { QuickRandom } from '../random/quick-random.ts';
import { deriveSeed } from '../random/seed.ts';
import { VoxelRandom } from '../random/voxel-random.ts';
import { AdaptiveMetropolis, type WalkedDensity } from '../solvers/adaptive-metropolis.ts';
import { requireFour } from '../solvers/bounds.ts';
import {
  allow,
  fractionOf,
  isAllowed,
  LOG_D,
  LOG_DP,
  LOGIT_F,
  LOWER,
  UPPER,
  USUAL,
} from '../solvers/hierarchy/coordinates.ts';
import { KnownNoise } from '../solvers/hierarchy/known-noise.ts';
import { TissueLearner } from '../solvers/hierarchy/learn-tissue.ts';
import { faultOf, MixtureDensity, type Mixture } from '../solvers/hierarchy/mixture.ts';
import { fitMeasured, isMeasured } from '../solvers/measurements.ts';
import { counted } from '../wording/counted.ts';

/** Fewer voxels do not tell how their tissue is distributed. */
const FEWEST_VOXELS = 10;
/** Mixtures that are averaged. */
const DRAWS = 12;
/** A walk that accepts a smaller share of its steps is too short to estimate a mean. */
const LEAST_ACCEPTANCE = 0.02;
const priorFile = 'prior.json';

const settings = z.strictObject({
  learnFrom: z
    .int()
    .min(FEWEST_VOXELS)
    .max(100_000)
    .default(1500)
    .describe(
      'most voxels that the distribution of the tissue is learned from, at equal distances among all that are fitted',
    ),
  sweeps: z
    .int()
    .min(50)
    .max(100_000)
    .default(400)
    .describe('sweeps over those voxels that are kept, after as many that are discarded'),
  burnIn: z
    .int()
    .min(100)
    .max(1_000_000)
    .default(300)
    .describe('steps per voxel that adapt the proposal and are discarded'),
  samples: z.int().min(100).max(1_000_000).default(2000).describe('steps per voxel that are kept as samples'),
});
type Settings = z.infer<typeof settings>;

/** The output of `save`: the mixture, and how many of how many voxels it was learned from. */
const savedPrior = z.strictObject({
  used: z.int().positive(),
  of: z.int().positive(),
  weights: z.array(z.number().positive()).min(1),
  means: z.array(z.number()),
  precisions: z.array(z.number()),
});

/**
 * The posterior mean under a prior that is learned from the voxels themselves: a mixture of normal distributions of log D,
 * logit f and log Dp, see `TissueLearner`. A fixed prior pulls every voxel of a tissue to the same side, and the mean over
 * a region keeps that bias. Where the prior is learned from the
 * region, the mean of the estimates is that of the tissue as estimated from all its voxels.
 *
 * Status: `background` if no positive S0 fits, `notConverged` if the walk accepted fewer than 2 % of its steps. Standard
 * deviations and quantiles: those of the samples.
 */
const hierarchical: Fitter<Settings> = {
  label: 'Bayesian, prior learned from the scan',
  source: 'Orton et al., Magn Reson Med 2014;71:411-420; Efron, Biometrika 2016;103:1-20 (learned priors)',
  settings,
  estimatesS0: true,
  weighsAverages: true,
  givesIntervals: true,
  needs: ['sigma', 'allVoxels'],
  settingsWithModel: ['burnIn', 'samples'],
  guarantees: ['ordered'],
  async prepare(task, settings) {
    requireFour('hierarchical', task.bValues);
    const prior = task.model ? readPrior(task.model) : await learn(task, settings);
    return new SampledPosterior(task, prior, settings);
  },
};
export default hierarchical;

interface LearnedPrior {
  readonly mixture: Mixture;
  readonly used: number;
  readonly of: number;
}

/** Learns the prior from voxels at equal distances over all that can be fitted. */
async function learn(task: FitTask, { learnFrom, sweeps }: Settings): Promise<LearnedPrior> {
  const all = await task.allVoxels?.();
  if (!all?.sigma)
    throw new InputError('hierarchical needs the voxels that will be fitted, and their noise level');
  const { sigma, values } = all;
  const width = all.bValues.length;
  const noise = new KnownNoise(all.bValues, task.averages);
  const usable = Array.from({ length: all.n }, (_, i) => i).filter((i) => {
    if (!isMeasured(all, i) || !(sigma[i] >= 0 && sigma[i] < Infinity)) return false;
    noise.measure(values, i * width, sigma[i]);
    return noise.log(USUAL) > -Infinity;
  });
  if (usable.length < FEWEST_VOXELS) {
    throw new InputError(
      `hierarchical learns its prior from at least ${FEWEST_VOXELS} voxels, and only ${usable.length} of ${all.n} have a signal: use any-protocol-net`,
    );
  }
  const count = Math.min(learnFrom, usable.length);
  const chosen = Array.from(
    { length: count },
    (_, i) => usable[Math.floor(((i + 0.5) * usable.length) / count)],
  );
  const some = {
    bValues: all.bValues,
    n: count,
    values: new Float64Array(count * width),
    scale: Float64Array.from(chosen, (i) => all.scale[i]),
    sigma: Float64Array.from(chosen, (i) => sigma[i]),
  } satisfies Signals;
  chosen.forEach((i, to) => some.values.set(values.subarray(i * width, (i + 1) * width), to * width));
  const learner = new TissueLearner(some, noise, new QuickRandom(deriveSeed(task.seed, 'tissue')));
  const pause = pauser();
  const mixture = await learner.run({ burnIn: sweeps, kept: sweeps, draws: DRAWS }, async (done) => {
    task.onProgress?.(done, `prior from ${count} of ${usable.length} voxels`);
    await pause();
  });
  return { mixture, used: count, of: usable.length };
}

/** Likelihood of a voxel times the learned prior. */
class LearnedPosterior implements WalkedDensity {
  S0 = 0;
  readonly #noise: KnownNoise;
  readonly #prior: MixtureDensity;
  readonly #u = new Float64Array(3);

  constructor(noise: KnownNoise, prior: MixtureDensity) {
    this.#noise = noise;
    this.#prior = prior;
  }

  log(a: number, b: number, c: number): number {
    this.#u[0] = a;
    this.#u[1] = b;
    this.#u[2] = c;
    if (!isAllowed(this.#u)) return -Infinity;
    const log = this.#noise.log(this.#u);
    this.S0 = this.#noise.S0;
    return log + this.#prior.log(this.#u);
  }
}

class SampledPosterior implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly notes: readonly string[];
  readonly #learned: LearnedPrior;
  /** Means of the kinds where the walk may be. */
  readonly #starts: readonly Float64Array[];
  readonly #noise: KnownNoise;
  readonly #posterior: LearnedPosterior;
  readonly #random: VoxelRandom;
  readonly #walk: AdaptiveMetropolis;
  readonly #precision = new Float64Array(9);

  constructor({ bValues, averages, seed }: FitTask, learned: LearnedPrior, { burnIn, samples }: Settings) {
    const { means, weights } = learned.mixture;
    this.#learned = learned;
    this.#starts = Array.from(weights, (_, k) => allow(means.subarray(3 * k, 3 * k + 3)));
    this.#noise = new KnownNoise(bValues, averages);
    this.#posterior = new LearnedPosterior(this.#noise, new MixtureDensity(learned.mixture));
    this.#random = new VoxelRandom(deriveSeed(seed, 'walk'));
    const box = (c: number): [number, number] => [LOWER[c], UPPER[c]];
    const bounds = { D: box(LOG_D), f: box(LOGIT_F), Dp: box(LOG_DP) };
    this.#walk = new AdaptiveMetropolis(this.#posterior, this.#random, bounds, {
      burnIn,
      samples,
      keep: true,
      // Kinds of tissue differ in width.
      short: true,
    });
    this.notes = [describe(learned)];
  }

  async save(): Promise<SavedModel> {
    const { mixture, used, of } = this.#learned;
    const [weights, means, precisions] = [mixture.weights, mixture.means, mixture.precisions].map((all) => [
      ...all,
    ]);
    const text = JSON.stringify({ used, of, weights, means, precisions });
    return { files: new Map([[priorFile, new TextEncoder().encode(`${text}\n`)]]) };
  }

  fit(signals: Signals, out: Estimates): void {
    const { sigma } = signals;
    if (!sigma) throw new InputError('hierarchical needs the noise level of every voxel');
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, sigma[i], out), sigma);
  }

  #fitVoxel(signals: Signals, i: number, sigma: number, out: Estimates): void {
    const width = signals.bValues.length;
    this.#noise.measure(signals.values, i * width, sigma);
    const kind = this.#likeliestKind();
    if (kind < 0) {
      fail(out, i, Status.background);
      return;
    }
    const { precisions } = this.#learned.mixture;
    const start = this.#starts[kind];
    this.#noise.information(start, 0, this.#precision, 0);
    for (let m = 0; m < 9; m++) this.#precision[m] += precisions[9 * kind + m];
    this.#random.begin(signals.values, i * width, width);
    const walk = this.#walk;
    const walked = walk.run(start[0], start[1], start[2], this.#precision);
    if (!walked || walk.acceptance < LEAST_ACCEPTANCE) {
      fail(out, i, Status.notConverged);
      return;
    }
    out.S0[i] = walk.meanS0 * signals.scale[i];
    out.status[i] = Status.converged;
    this.#summarise('D', walk.samples[LOG_D], Math.exp, i, out);
    this.#summarise('f', walk.samples[LOGIT_F], fractionOf, i, out);
    this.#summarise('Dp', walk.samples[LOG_DP], Math.exp, i, out);
  }

  /** The kind of tissue whose mean is the most probable, -1 if no kind with a positive S0 fits. */
  #likeliestKind(): number {
    let best = -1;
    let highest = -Infinity;
    for (let k = 0; k < this.#starts.length; k++) {
      const [a, b, c] = this.#starts[k];
      const value = this.#posterior.log(a, b, c);
      if (value > highest) [best, highest] = [k, value];
    }
    return best;
  }

  #summarise(
    name: 'D' | 'f' | 'Dp',
    samples: Float64Array,
    valueOf: (coordinate: number) => number,
    i: number,
    out: Estimates,
  ): void {
    let sum = 0;
    for (let s = 0; s < samples.length; s++) sum += samples[s] = valueOf(samples[s]);
    const mean = sum / samples.length;
    out[name][i] = mean;
    if (out.sd) {
      let squares = 0;
      for (const value of samples) squares += (value - mean) ** 2;
      out.sd[name][i] = Math.sqrt(squares / samples.length);
    }
    if (!out.quantiles) return;
    samples.sort();
    for (let q = 0; q < QUANTILE_LEVELS.length; q++) {
      const place = QUANTILE_LEVELS[q] * (samples.length - 1);
      const low = Math.floor(place);
      const high = samples[Math.min(low + 1, samples.length - 1)];
      out.quantiles[name][i * QUANTILE_LEVELS.length + q] =
        samples[low] + (place - low) * (high - samples[low]);
    }
  }
}

function readPrior(model: SavedModel): LearnedPrior {
  const bytes = model.files.get(priorFile);
  if (!bytes) throw new InputError(`hierarchical: the saved model has no ${priorFile}`);
  let saved: z.infer<typeof savedPrior>;
  try {
    saved = savedPrior.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    throw new InputError(
      `hierarchical: ${priorFile} of the saved model is not a prior that hierarchical has saved`,
      { cause: error },
    );
  }
  const mixture = {
    weights: Float64Array.from(saved.weights),
    means: Float64Array.from(saved.means),
    precisions: Float64Array.from(saved.precisions),
  };
  const fault = faultOf(mixture);
  if (fault !== undefined) throw new InputError(`hierarchical: ${priorFile} of the saved model: ${fault}`);
  return { mixture, used: saved.used, of: saved.of };
}

/** Mean of each coordinate, in words. */
function describe({ mixture: { weights, means }, used, of }: LearnedPrior): string {
  const kinds = weights.length / DRAWS;
  const mean = (c: number) => weights.reduce((sum, weight, k) => sum + weight * means[3 * k + c], 0);
  const digits = (value: number) => value.toPrecision(3);
  return (
    `prior learned from ${used} of ${counted(of, 'voxel')}: ${digits(kinds)} kinds of tissue on average; ` +
    `geometric mean of D ${digits(Math.exp(mean(LOG_D)))}, of Dp ${digits(Math.exp(mean(LOG_DP)))} mm²/s, ` +
    `f ${digits(fractionOf(mean(LOGIT_F)))} at the mean logit`
  );
}
