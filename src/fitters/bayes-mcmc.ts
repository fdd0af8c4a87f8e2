import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { AdaptiveMetropolis } from '../solvers/adaptive-metropolis.ts';
import type { DampedNewton } from '../solvers/damped-newton.ts';
import { projectedSearch } from '../solvers/decay-searches.ts';
import { MarginalPosterior } from '../solvers/marginal-posterior.ts';
import { fitMeasured } from '../solvers/measurements.ts';
import { requireFour, requireOrder, scaledBoundsSchema } from '../solvers/bounds.ts';
import { ProjectedDecay } from '../solvers/projected-decay.ts';
import { RatePairs } from '../solvers/rate-starts.ts';
import { D, DP, F, S0, ScaledDecay } from '../solvers/decay-objectives.ts';
import { VoxelRandom } from '../random/voxel-random.ts';
import { deriveSeed } from '../random/seed.ts';

/** Rates per axis of the grid from which the search for a start begins. */
const GRID = 12;
/** A walk that accepts a smaller fraction of its steps is too short to estimate a mean. */
const LEAST_ACCEPTANCE = 0.02;
/** Scatter below this fraction of the signal is rounding. */
const LEAST_SCATTER = 1e-5;

const lognormal = z
  .strictObject({
    median: z.number().positive().describe('median, mm²/s'),
    sigma: z.number().positive().describe('standard deviation of the logarithm'),
  })
  .readonly();

const settings = z.strictObject({
  bounds: scaledBoundsSchema.describe('range of the priors; that of S0, whose prior is flat, is not used'),
  prior: z
    .union([
      z.literal('uniform'),
      z
        .strictObject({
          D: lognormal.describe('lognormal prior of D'),
          Dp: lognormal.describe('lognormal prior of Dp'),
        })
        .readonly(),
    ])
    .default('uniform')
    .describe('prior of D and Dp inside their bounds: `uniform` or lognormal; that of f is uniform'),
  estimate: z
    .enum(['mean', 'mode'])
    .default('mean')
    .describe('`mean` of the samples, or `mode`, the most probable one'),
  burnIn: z
    .int()
    .min(100)
    .max(1_000_000)
    .default(400)
    .describe('number of steps that adapt the proposal and are discarded'),
  samples: z
    .int()
    .min(100)
    .max(10_000_000)
    .default(1600)
    .describe('number of steps that are kept as samples, at least; neighbours are alike'),
  effective: z
    .number()
    .min(0)
    .max(1000)
    .default(100)
    .describe(
      'number of independent samples that the kept ones of D, of f and of Dp should be worth: the walk is made twice as long until they are; ' +
        'with 100, the sampling error of a mean is a tenth of its standard deviation; 0: `samples` steps in any case',
    ),
  mostSamples: z
    .int()
    .min(100)
    .max(10_000_000)
    .default(25_600)
    .describe(
      'number of steps at which a walk ends in any case; voxels that need more have the status `fewSamples`',
    ),
});
type Settings = z.infer<typeof settings>;

/**
 * Samples the posterior of each voxel with unknown S0 and noise level: see `MarginalPosterior` and `AdaptiveMetropolis`. The
 * walk starts at the least-squares fit. Its random numbers depend on the preparation's seed and the voxel's own signals, so
 * that the estimate of a voxel does not depend on the batch.
 *
 * Neighbouring steps are alike. By the correlation of its steps a walk tells how many independent samples it is worth (`EffectiveSize`), and
 * goes on until that is enough. A part of the posterior that it has never visited it knows nothing of: docs/estimators.md says how far means
 * of two seeds are apart. If the signals carry little information, the mean reflects the prior as much as the signals.
 *
 * Status: `fewSamples` where a walk of `mostSamples` steps is worth fewer than `effective` samples; `notConverged` if it accepted fewer
 * than 2 % of its steps, or nothing with a positive S0 fits. Standard deviations: those of the samples.
 */
const bayesMcmc: Fitter<Settings> = {
  label: 'Bayesian, sampled',
  source:
    'Neil and Bretthorst, Magn Reson Med 1993;29:642-647; Orton et al., Magn Reson Med 2014;71:411-420; ' +
    'Haario, Saksman and Tamminen, Bernoulli 2001;7:223-242 (sampler)',
  inexact: true,
  settings,
  estimatesS0: true,
  // The mean of a skewed posterior is not its peak, and a mean of samples is not the mean.
  guarantees: ['ordered'],
  async prepare(task: FitTask, settings: Settings): Promise<PreparedFitter> {
    requireFour('bayes-mcmc', task.bValues);
    requireOrder('bayes-mcmc', settings.bounds);
    return new SampledPosterior(task.bValues, deriveSeed(task.seed, 'walk'), settings);
  },
};
export default bayesMcmc;

class SampledPosterior implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #width: number;
  readonly #mode: boolean;
  readonly #effective: number;
  readonly #pairs: RatePairs;
  readonly #projected: ProjectedDecay;
  readonly #search: DampedNewton;
  readonly #whole: ScaledDecay;
  readonly #random: VoxelRandom;
  readonly #posterior: MarginalPosterior;
  readonly #walk: AdaptiveMetropolis;
  readonly #x = new Float64Array(4);
  readonly #precision = new Float64Array(9);

  constructor(bValues: Float64Array, seed: number, settings: Settings) {
    const { bounds, prior, estimate, burnIn, samples, effective, mostSamples } = settings;
    this.#width = bValues.length;
    this.#mode = estimate === 'mode';
    this.#pairs = new RatePairs(bValues, bounds, GRID);
    this.#projected = new ProjectedDecay(bValues, bounds.f);
    this.#search = projectedSearch(this.#projected, bounds, { relative: 1e-6, absolute: 1e-20 }, 50);
    this.#whole = new ScaledDecay(bValues);
    this.#random = new VoxelRandom(seed);
    this.#posterior = new MarginalPosterior(bValues, bounds, prior);
    this.#walk = new AdaptiveMetropolis(this.#posterior, this.#random, bounds, {
      burnIn,
      samples,
      ...(effective > 0 ? { until: { effective, most: mostSamples } } : {}),
    });
    this.#effective = effective;
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel(signals: Signals, i: number, out: Estimates): void {
    const offset = i * this.#width;
    const walk = this.#walk;
    const x = this.#x;
    this.#findStart(signals.values, offset);
    this.#posterior.measure(signals.values, offset);
    this.#random.begin(signals.values, offset, this.#width);
    const walked = walk.run(x[D], x[F], x[DP], this.#precision);
    if (!walked || walk.acceptance < LEAST_ACCEPTANCE) {
      fail(out, i, Status.notConverged);
      return;
    }
    const answer = this.#mode ? walk.mode : walk.mean;
    out.S0[i] = (this.#mode ? walk.modeS0 : walk.meanS0) * signals.scale[i];
    out.D[i] = answer[0];
    out.f[i] = answer[1];
    out.Dp[i] = answer[2];
    out.status[i] = walk.effective < this.#effective ? Status.fewSamples : Status.converged;
    if (!out.sd) return;
    out.sd.D[i] = walk.sd[0];
    out.sd.f[i] = walk.sd[1];
    out.sd.Dp[i] = walk.sd[2];
  }

  /** The least-squares fit, where it got to, and J'J / s² there with S0 projected out. */
  #findStart(values: Float64Array, offset: number): void {
    const search = this.#search;
    const x = this.#x;
    this.#pairs.best(values, offset);
    search.x[0] = this.#pairs.D;
    search.x[1] = this.#pairs.Dp;
    this.#projected.measure(values, offset);
    search.run();
    this.#projected.evaluate(search.x);
    x[S0] = this.#projected.amplitudes.S0;
    x[D] = search.x[0];
    x[F] = this.#projected.amplitudes.f;
    x[DP] = Math.max(search.x[0], search.x[1]);
    this.#whole.measure(values, offset);
    const scatter = (2 * this.#whole.evaluate(x)) / Math.max(1, this.#width - 4);
    this.#whole.differentiate();
    const least = LEAST_SCATTER * x[S0];
    const per = 1 / Math.max(scatter, least * least);
    const { curvature } = this.#whole;
    const own = curvature[0] > 0 ? 1 / curvature[0] : 0;
    for (let r = 0; r < 3; r++) {
      for (let c = 0; c < 3; c++) {
        const without = curvature[4 * (r + 1)] * curvature[c + 1] * own;
        this.#precision[3 * r + c] = (curvature[4 * (r + 1) + c + 1] - without) * per;
      }
    }
  }
}
