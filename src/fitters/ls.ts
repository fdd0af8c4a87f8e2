import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { BiexponentialResiduals } from '../solvers/residual-models.ts';
import { boundsSchema } from '../solvers/bounds.ts';
import { fitMeasured, requireMeasurements } from '../solvers/measurements.ts';
import { StandardDeviations } from '../solvers/standard-deviations.ts';
import { TrustRegionReflective } from '../solvers/trust-region-reflective.ts';

/** The start of the study. */
const STUDY_START = { D: 0.001, f: 0.1, Dp: 0.01 };

/** Distance to a bound that counts as on it, relative to the bound if that is above 1: as SciPy's `active_mask`. */
const ON_BOUND = 1e-8;

const settings = z.strictObject({
  bounds: boundsSchema.describe(
    'bounds of the search; if it ends with Dp < D, the two are exchanged afterwards',
  ),
  start: z
    .strictObject({
      D: z.number().default(STUDY_START.D).describe('initial D, mm²/s'),
      f: z.number().default(STUDY_START.f).describe('initial f'),
      Dp: z.number().default(STUDY_START.Dp).describe('initial Dp, mm²/s'),
    })
    .readonly()
    .default(STUDY_START)
    .describe('where the search starts'),
  maxEvaluations: z
    .number()
    .int()
    .min(1)
    .default(300)
    .describe('maximum number of model evaluations per voxel; SciPy allows 100 per parameter'),
});
type Settings = z.infer<typeof settings>;

/**
 * The study's least squares: f exp(-b Dp) + (1 - f) exp(-b D) fitted to the signals without b=0, from one start, by the method
 * that SciPy's `curve_fit` uses with bounds. It finds a local minimum, which need not be the global one. If Dp < D at the end,
 * the two are exchanged and f becomes 1 - f.
 *
 * Status: `atBound` within 1e-8 of a bound, `notConverged` where SciPy would raise an error. Standard deviations: see
 * `StandardDeviations`.
 */
const ls: Fitter<Settings> = {
  label: 'Least squares',
  source:
    'Barbieri et al., Magn Reson Med 2020;83:312-321; Branch, Coleman and Li, SIAM J Sci Comput 1999;21:1-23',
  settings,
  async prepare(task: FitTask, settings: Settings): Promise<PreparedFitter> {
    requireMeasurements('ls', task.bValues);
    return new LeastSquares(task.bValues, settings);
  },
};
export default ls;

class LeastSquares implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #width: number;
  readonly #model: BiexponentialResiduals;
  readonly #solver: TrustRegionReflective;
  readonly #deviations: StandardDeviations;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #start: Float64Array;
  readonly #x = new Float64Array(3);

  constructor(bValues: Float64Array, { bounds, start, maxEvaluations }: Settings) {
    for (const name of ['D', 'f', 'Dp'] as const) {
      const [low, high] = bounds[name];
      if (!(start[name] >= low && start[name] <= high)) {
        throw new InputError(
          `ls: start of ${name} is ${start[name]}; it must lie within its bounds, ${low} to ${high}`,
        );
      }
    }
    const b = bValues.slice(1);
    this.#width = bValues.length;
    this.#lower = Float64Array.of(bounds.Dp[0], bounds.D[0], bounds.f[0]);
    this.#upper = Float64Array.of(bounds.Dp[1], bounds.D[1], bounds.f[1]);
    this.#start = Float64Array.of(start.Dp, start.D, start.f);
    this.#model = new BiexponentialResiduals(b, { D: bounds.D[1], Dp: bounds.Dp[1] });
    this.#solver = new TrustRegionReflective(
      this.#model,
      { lower: this.#lower, upper: this.#upper },
      { ftol: 1e-8, xtol: 1e-8, gtol: 1e-8, maxEvaluations },
    );
    this.#deviations = new StandardDeviations(b);
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel(signals: Signals, i: number, out: Estimates): void {
    const x = this.#x;
    x.set(this.#start);
    this.#model.measure(signals.values, i * this.#width + 1);
    if (!this.#solver.minimise(x)) {
      fail(out, i, Status.notConverged);
      return;
    }
    const swapped = x[0] < x[1];
    out.S0[i] = signals.scale[i];
    out.Dp[i] = swapped ? x[1] : x[0];
    out.D[i] = swapped ? x[0] : x[1];
    out.f[i] = swapped ? 1 - x[2] : x[2];
    out.status[i] = this.#atBound() ? Status.atBound : Status.converged;
    if (out.sd) this.#deviations.write(out, i, 2 * this.#solver.cost);
  }

  #atBound(): boolean {
    for (let j = 0; j < 3; j++) {
      const low = this.#lower[j];
      const high = this.#upper[j];
      if (this.#x[j] - low <= ON_BOUND * Math.max(1, Math.abs(low))) return true;
      if (high - this.#x[j] <= ON_BOUND * Math.max(1, Math.abs(high))) return true;
    }
    return false;
  }
}
