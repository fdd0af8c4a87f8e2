import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import type { DampedNewton } from '../solvers/damped-newton.ts';
import { LEAST_SQUARES, scaledSearch } from '../solvers/decay-searches.ts';
import { fitMeasured } from '../solvers/measurements.ts';
import { requireFour, requireOrder, scaledBoundsSchema } from '../solvers/bounds.ts';
import { ProjectedDecay } from '../solvers/projected-decay.ts';
import { RatePairs } from '../solvers/rate-starts.ts';
import { ScaledAnswer } from '../solvers/scaled-answer.ts';
import { D, DP, F, S0, ScaledDecay } from '../solvers/decay-objectives.ts';

const settings = z.strictObject({
  bounds: scaledBoundsSchema.describe('bounds of the search: `broad`, the name of an organ, or ranges'),
  grid: z.int().min(4).max(64).default(20).describe('number of rates along each axis of the grid'),
  starts: z
    .int()
    .min(1)
    .max(32)
    .default(4)
    .describe('maximum number of grid minima that are refined, those with the smallest sum of squares first'),
  maxEvaluations: z.int().min(1).default(400).describe('maximum number of model evaluations per start'),
});
type Settings = z.infer<typeof settings>;

/**
 * Grid search with refinement, as in TopoPro: the sum of squares is sampled over both rates, with optimal amplitudes; every
 * minimum among the samples starts a bounded descent over S0, D, f and Dp together, and the lowest result is the estimate.
 * TopoPro samples a simplicial complex (simplicial homology global optimization) instead of a grid: with two rates left to
 * sample, a grid spaced evenly by what the signals can distinguish serves the same purpose.
 *
 * Status and standard deviations: as `varpro`.
 */
const gridRefine: Fitter<Settings> = {
  label: 'Grid, then refinement',
  source:
    'Fadnavis, Farooq, Afzali et al., Fitting IVIM with variable projection and simplicial optimization, ' +
    'arXiv:1910.00095, 2019 (TopoPro)',
  settings,
  estimatesS0: true,
  async prepare(task: FitTask, settings: Settings): Promise<PreparedFitter> {
    requireFour('grid-refine', task.bValues);
    requireOrder('grid-refine', settings.bounds);
    return new GridThenRefinement(task.bValues, settings);
  },
};
export default gridRefine;

class GridThenRefinement implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #width: number;
  readonly #pairs: RatePairs;
  readonly #projected: ProjectedDecay;
  readonly #target: ScaledDecay;
  readonly #search: DampedNewton;
  readonly #answer: ScaledAnswer;
  readonly #rates = new Float64Array(2);
  readonly #best = new Float64Array(4);
  /** The starts, best first: the reduction of the sum of squares, D and Dp. */
  readonly #gains: Float64Array;
  readonly #startD: Float64Array;
  readonly #startDp: Float64Array;

  constructor(bValues: Float64Array, { bounds, grid, starts, maxEvaluations }: Settings) {
    this.#width = bValues.length;
    this.#pairs = new RatePairs(bValues, bounds, grid);
    this.#projected = new ProjectedDecay(bValues, bounds.f);
    this.#target = new ScaledDecay(bValues);
    this.#search = scaledSearch(this.#target, bounds, LEAST_SQUARES, maxEvaluations);
    this.#answer = new ScaledAnswer(bounds);
    this.#gains = new Float64Array(starts);
    this.#startD = new Float64Array(starts);
    this.#startDp = new Float64Array(starts);
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel(signals: Signals, i: number, out: Estimates): void {
    const offset = i * this.#width;
    const search = this.#search;
    const best = this.#best;
    this.#projected.measure(signals.values, offset);
    this.#target.measure(signals.values, offset);
    const starts = this.#findStarts(signals.values, offset);
    let least = Infinity;
    for (let k = 0; k < starts; k++) {
      this.#rates[0] = this.#startD[k];
      this.#rates[1] = this.#startDp[k];
      this.#projected.evaluate(this.#rates);
      search.x[S0] = this.#projected.amplitudes.S0;
      search.x[D] = this.#startD[k];
      search.x[F] = this.#projected.amplitudes.f;
      search.x[DP] = this.#startDp[k];
      if (!search.run() || !(search.value < least)) continue;
      least = search.value;
      best.set(search.x);
    }
    if (least === Infinity) {
      fail(out, i, Status.notConverged);
      return;
    }
    this.#target.evaluate(best);
    this.#target.differentiate();
    this.#answer.write(signals, i, best, this.#target, (2 * least) / (this.#width - 4), out);
  }

  /** Sorts the grid's minima into the starts, up to their capacity; returns their number. */
  #findStarts(values: Float64Array, offset: number): number {
    const pairs = this.#pairs;
    const gains = this.#gains;
    let count = 0;
    pairs.best(values, offset);
    while (pairs.next()) {
      if (count === gains.length && !(pairs.gain > gains[count - 1])) continue;
      if (count < gains.length) count++;
      let at = count - 1;
      for (; at > 0 && pairs.gain > gains[at - 1]; at--) {
        gains[at] = gains[at - 1];
        this.#startD[at] = this.#startD[at - 1];
        this.#startDp[at] = this.#startDp[at - 1];
      }
      gains[at] = pairs.gain;
      this.#startD[at] = pairs.D;
      this.#startDp[at] = pairs.Dp;
    }
    return count;
  }
}
