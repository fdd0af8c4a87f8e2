import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import type { DampedNewton } from '../solvers/damped-newton.ts';
import { LEAST_SQUARES, projectedSearch } from '../solvers/decay-searches.ts';
import { fitMeasured } from '../solvers/measurements.ts';
import { requireFour, requireOrder, scaledBoundsSchema } from '../solvers/bounds.ts';
import { ProjectedDecay } from '../solvers/projected-decay.ts';
import { RatePairs } from '../solvers/rate-starts.ts';
import { ScaledAnswer } from '../solvers/scaled-answer.ts';
import { D, DP, F, S0, ScaledDecay } from '../solvers/decay-objectives.ts';

/** Rates per axis of the grid the search starts from. */
const GRID = 16;

const settings = z.strictObject({
  bounds: scaledBoundsSchema.describe(
    'bounds of the search: `broad`, the name of an organ, or ranges; S0 is only kept from being negative',
  ),
  maxEvaluations: z.int().min(1).default(200).describe('maximum number of model evaluations per voxel'),
});
type Settings = z.infer<typeof settings>;

/**
 * Variable projection: the amplitudes S0 f and S0 (1 - f), which enter linearly, are solved for at every pair of rates,
 * so that only D and Dp are searched for, from the best pair of a grid. b=0 is fitted like any other signal.
 *
 * Status: `atBound`, `notConverged` where no decay with a positive S0 fits or the evaluations ran out. Standard
 * deviations: s² (J'J)^-1 over all four parameters, s² = SSE / (n_b - 4); NaN where a parameter is on a bound.
 */
const varpro: Fitter<Settings> = {
  label: 'Variable projection',
  source:
    'Fadnavis, Farooq, Afzali et al., Fitting IVIM with variable projection and simplicial optimization, ' +
    'arXiv:1910.00095, 2019; Golub and Pereyra, SIAM J Numer Anal 1973;10:413-432',
  settings,
  estimatesS0: true,
  async prepare(task: FitTask, settings: Settings): Promise<PreparedFitter> {
    requireFour('varpro', task.bValues);
    requireOrder('varpro', settings.bounds);
    return new VariableProjection(task.bValues, settings);
  },
};
export default varpro;

class VariableProjection implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #width: number;
  readonly #pairs: RatePairs;
  readonly #projected: ProjectedDecay;
  readonly #search: DampedNewton;
  readonly #whole: ScaledDecay;
  readonly #answer: ScaledAnswer;
  readonly #x = new Float64Array(4);

  constructor(bValues: Float64Array, { bounds, maxEvaluations }: Settings) {
    this.#width = bValues.length;
    this.#pairs = new RatePairs(bValues, bounds, GRID);
    this.#projected = new ProjectedDecay(bValues, bounds.f);
    this.#search = projectedSearch(this.#projected, bounds, LEAST_SQUARES, maxEvaluations);
    this.#whole = new ScaledDecay(bValues);
    this.#answer = new ScaledAnswer({ ...bounds, S0: [0, Infinity] });
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel(signals: Signals, i: number, out: Estimates): void {
    const { values } = signals;
    const offset = i * this.#width;
    const search = this.#search;
    const x = this.#x;
    this.#pairs.best(values, offset);
    search.x[0] = this.#pairs.D;
    search.x[1] = this.#pairs.Dp;
    this.#projected.measure(values, offset);
    if (!search.run()) {
      fail(out, i, Status.notConverged);
      return;
    }
    // The amplitudes of the last point tried need not be those of the best.
    this.#projected.evaluate(search.x);
    x[S0] = this.#projected.amplitudes.S0;
    x[D] = search.x[0];
    x[F] = this.#projected.amplitudes.f;
    x[DP] = search.x[1];
    this.#whole.measure(values, offset);
    const sse = 2 * this.#whole.evaluate(x);
    this.#whole.differentiate();
    this.#answer.write(signals, i, x, this.#whole, sse / (this.#width - 4), out);
  }
}
