import { z } from 'zod';
import type { PreparedFitter } from '../contracts/fitter.ts';
import { fail, Status } from '../contracts/voxels.ts';
import type { Estimates, Signals } from '../contracts/voxels.ts';
import { boundsSchema, clip, requireOrder } from './bounds.ts';
import type { ParameterBounds } from './bounds.ts';
import { LogLine } from './log-line.ts';
import { firstAbove, fitMeasured, requireMeasurements } from './measurements.ts';
import { writeSteps } from './stepwise-answer.ts';

/** The settings of both log-linear fitters. */
export const logLinearSettings = {
  threshold: z
    .number()
    .positive()
    .default(200)
    .describe('smallest b-value (s/mm²) whose signal is treated as diffusion only'),
  bounds: boundsSchema.describe('bounds of the parameters; those of f apply to the intercept, 1 - f'),
};

/** Weights of a log-linear fit: `none`, or S² of the measured signals and then, `reweightings` times, of the fitted ones. */
type Weights = 'none' | { readonly reweightings: number };

/**
 * The segmented fit in logarithms. First log S = log(1 - f) - b D is fitted to the b-values at or above the threshold,
 * where perfusion has decayed. Then log(S - (1 - f) exp(-b D)) = log f - b Dp, through its known value at b=0, to those
 * below the threshold where the difference is positive. No step needs a starting value or iterations.
 *
 * If f is 0, Dp is undetermined and is reported as near to D as its bounds allow. If no difference below the threshold is
 * positive although f is not 0, perfusion has decayed before the first b-value, and Dp is at its upper bound. Both are
 * `atBound`. The status is `notConverged` if fewer than two of the high signals are above 0. Standard deviations of D and f
 * are from the scatter about the first line. Dp has none, since the second line takes D and f as known.
 */
export class LogLinearSteps implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #weights: Weights;
  readonly #bounds: ParameterBounds;
  readonly #b: Float64Array;
  readonly #first: number;
  readonly #diffusion: LogLine;
  readonly #perfusion: LogLine;
  readonly #left: Float64Array;
  readonly #slopes: readonly [number, number];
  readonly #intercepts: readonly [number, number];
  /** Bounds of Dp in the current voxel, for which Dp >= D. */
  readonly #fast: [number, number];
  readonly #variances = new Float64Array(2);

  /** @throws InputError naming `fitter` where the b-values or bounds do not allow the fit */
  constructor(
    fitter: string,
    bValues: Float64Array,
    threshold: number,
    bounds: ParameterBounds,
    weights: Weights,
  ) {
    requireMeasurements(fitter, bValues);
    requireOrder(fitter, bounds);
    this.#first = firstAbove(fitter, bValues, threshold);
    this.#weights = weights;
    this.#bounds = bounds;
    this.#b = bValues;
    this.#diffusion = new LogLine(bValues.slice(this.#first));
    // Without b-values between 0 and the threshold, the difference is fitted to those beyond it.
    const low = bValues.slice(1, this.#first > 1 ? this.#first : bValues.length);
    this.#perfusion = new LogLine(low);
    this.#left = new Float64Array(low.length);
    this.#slopes = [bounds.D[0], Math.min(bounds.D[1], bounds.Dp[1])];
    this.#intercepts = [Math.log(1 - bounds.f[1]), Math.log(1 - bounds.f[0])];
    this.#fast = [0, bounds.Dp[1]];
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel(signals: Signals, i: number, out: Estimates): void {
    const { values } = signals;
    const bounds = this.#bounds;
    const start = i * this.#b.length;
    const high = this.#diffusion;
    if (!this.#fitDiffusion(values, start + this.#first)) {
      fail(out, i, Status.notConverged);
      return;
    }
    const D = high.slope;
    const f = clip(1 - Math.exp(high.intercept), bounds.f);
    const least = Math.max(D, bounds.Dp[0]);
    const Dp = f > 0 ? this.#fitPerfusion(values, start, D, f, least) : least;
    if (!writeSteps(signals, i, D, f, Dp, bounds, out) || !out.sd) return;
    const variances = this.#variances;
    high.deviate(variances);
    out.sd.D[i] = Math.sqrt(variances[0]);
    out.sd.f[i] = (1 - f) * Math.sqrt(variances[1]);
  }

  #fitDiffusion(values: Float64Array, offset: number): boolean {
    const line = this.#diffusion;
    const weights = this.#weights;
    line.measure(values, offset, weights !== 'none');
    if (!line.fit(this.#slopes, this.#intercepts)) return false;
    const again = weights === 'none' ? 0 : weights.reweightings;
    for (let k = 0; k < again; k++) {
      line.weighByFit();
      if (!line.fit(this.#slopes, this.#intercepts)) return false;
    }
    return true;
  }

  #fitPerfusion(values: Float64Array, start: number, D: number, f: number, least: number): number {
    const left = this.#left;
    const line = this.#perfusion;
    const fast = this.#fast;
    const weights = this.#weights;
    for (let k = 0; k < left.length; k++) {
      left[k] = values[start + 1 + k] - (1 - f) * Math.exp(-this.#b[1 + k] * D);
    }
    fast[0] = least;
    line.measure(left, 0, weights !== 'none');
    if (!line.fitSlope(Math.log(f), fast)) return fast[1];
    const again = weights === 'none' ? 0 : weights.reweightings;
    for (let k = 0; k < again; k++) {
      line.weighByFit();
      line.fitSlope(Math.log(f), fast);
    }
    return line.slope;
  }
}
