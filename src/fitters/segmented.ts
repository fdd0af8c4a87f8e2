import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import type { Estimates, Signals } from '../contracts/voxels.ts';
import { firstAbove, fitMeasured, requireMeasurements } from '../solvers/measurements.ts';
import { OneDecay } from '../solvers/one-decay.ts';
import { boundsSchema, requireOrder } from '../solvers/bounds.ts';
import type { ParameterBounds } from '../solvers/bounds.ts';
import { writeSteps } from '../solvers/stepwise-answer.ts';

const settings = z.strictObject({
  threshold: z
    .number()
    .positive()
    .default(250)
    .describe('smallest b-value (s/mm²) whose signal is treated as diffusion only'),
  bounds: boundsSchema.describe('bounds of the parameters; those of f apply to the intercept, 1 - f'),
});
type Settings = z.infer<typeof settings>;

/**
 * The two-step fit. First (1 - f) exp(-b D) is fitted to the b-values at or above the threshold, where perfusion has decayed
 * (Le Bihan et al. 1988): D is its rate, and f is 1 minus its intercept. Then, with both fixed, f exp(-b Dp) is fitted to the
 * residuals of all b-values above 0, with Dp >= D. Both steps are bounded nonlinear least squares, as in the segmented fit that
 * accompanies Kaandorp et al. 2021; each finds its global minimum.
 *
 * If f is 0, Dp is undetermined: it is reported as near to D as its bounds allow, with status `atBound`. No standard
 * deviations, since the second step treats the estimates of the first as known.
 */
const segmented: Fitter<Settings> = {
  label: 'Segmented',
  source: 'Le Bihan et al., Radiology 1988;168:497-505; Kaandorp et al., Magn Reson Med 2021;86:2250-2265',
  inexact: true,
  settings,
  // What perfusion is left at the threshold counts as diffusion, with or without noise.
  guarantees: ['ordered'],
  checkProtocol(bValues, { threshold }) {
    requireMeasurements('segmented', bValues);
    firstAbove('segmented', bValues, threshold);
  },
  async prepare(task: FitTask, { threshold, bounds }: Settings): Promise<PreparedFitter> {
    requireMeasurements('segmented', task.bValues);
    requireOrder('segmented', bounds);
    return new TwoSteps(task.bValues, firstAbove('segmented', task.bValues, threshold), bounds);
  },
};
export default segmented;

class TwoSteps implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #width: number;
  readonly #b: Float64Array;
  readonly #first: number;
  readonly #bounds: ParameterBounds;
  readonly #diffusion: OneDecay;
  readonly #perfusion: OneDecay;
  readonly #high: Float64Array;
  readonly #rest: Float64Array;

  /** @param first index of the first b-value that shows diffusion alone */
  constructor(bValues: Float64Array, first: number, bounds: ParameterBounds) {
    const { D, f, Dp } = bounds;
    this.#width = bValues.length;
    this.#b = bValues.slice(1);
    this.#first = first;
    this.#bounds = { D: [D[0], Math.min(D[1], Dp[1])], f, Dp };
    this.#diffusion = new OneDecay(bValues.slice(first), this.#bounds.D);
    this.#perfusion = new OneDecay(this.#b, Dp);
    this.#high = new Float64Array(bValues.length - first);
    this.#rest = new Float64Array(this.#b.length);
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel(signals: Signals, i: number, out: Estimates): void {
    const { values } = signals;
    const bounds = this.#bounds;
    const diffusion = this.#diffusion;
    const perfusion = this.#perfusion;
    const b = this.#b;
    const high = this.#high;
    const rest = this.#rest;
    const start = i * this.#width;

    for (let k = 0; k < high.length; k++) high[k] = values[start + this.#first + k];
    diffusion.solve(high, 1 - bounds.f[1], 1 - bounds.f[0]);
    const D = diffusion.rate;
    const intercept = diffusion.amplitude;
    const f = 1 - intercept;

    let Dp = Math.max(D, bounds.Dp[0]);
    if (f > 0) {
      for (let k = 0; k < b.length; k++) rest[k] = values[start + 1 + k] - intercept * Math.exp(-b[k] * D);
      perfusion.solve(rest, f, f, Dp);
      Dp = perfusion.rate;
    }
    writeSteps(signals, i, D, f, Dp, bounds, out);
  }
}
