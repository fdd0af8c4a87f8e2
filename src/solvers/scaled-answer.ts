import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { Cholesky } from './cholesky.ts';
import type { DifferentiableObjective } from './damped-newton.ts';
import { isWellInside, type ScaledBounds } from './bounds.ts';
import { D, DP, F, S0 } from './decay-objectives.ts';

/**
 * Writes the result of a fit of (S0, D, f, Dp) as an estimate: sorts the rates, marks bounds, and computes standard deviations
 * from the inverse of the curvature. If f is 1 there is one decay, reported as D. If f is 0, Dp is undetermined: it is reported
 * as near to D as its bounds allow.
 */
export class ScaledAnswer {
  readonly #bounds: ScaledBounds;
  readonly #cholesky = new Cholesky(4);
  readonly #none = new Uint8Array(4);
  readonly #variances = new Float64Array(4);

  constructor(bounds: ScaledBounds) {
    this.#bounds = bounds;
  }

  /**
   * @param x (S0, D, f, Dp), S0 in the unit of the signals
   * @param target differentiated at `x`
   * @param variance factor of the inverse of its curvature; NaN if unknown
   */
  write(
    signals: Signals,
    i: number,
    x: Float64Array,
    target: DifferentiableObjective,
    variance: number,
    out: Estimates,
  ): void {
    const bounds = this.#bounds;
    if (!(x[S0] > 0 && Number.isFinite(x[S0] + x[D] + x[F] + x[DP]))) {
      fail(out, i, Status.notConverged);
      return;
    }
    const free =
      isWellInside(x[S0], bounds.S0) &&
      isWellInside(x[D], bounds.D) &&
      isWellInside(x[F], bounds.f) &&
      isWellInside(x[DP], bounds.Dp);
    let slow = x[D];
    let fast = x[DP];
    let f = x[F];
    const swapped = fast < slow;
    if (swapped) {
      slow = x[DP];
      fast = x[D];
      f = 1 - f;
    }
    if (f === 1 && bounds.f[0] === 0 && fast <= bounds.D[1]) {
      slow = fast;
      f = 0;
    }
    if (f === 0) fast = Math.max(slow, bounds.Dp[0]);
    out.S0[i] = x[S0] * signals.scale[i];
    out.D[i] = slow;
    out.f[i] = f;
    out.Dp[i] = fast;
    out.status[i] = free ? Status.converged : Status.atBound;
    if (!out.sd) return;
    out.sd.D[i] = out.sd.f[i] = out.sd.Dp[i] = NaN;
    if (!free || !this.#cholesky.factorise(target.curvature, this.#none)) return;
    const variances = this.#variances;
    this.#cholesky.inverseDiagonal(variances);
    out.sd.D[i] = Math.sqrt(variance * variances[swapped ? DP : D]);
    out.sd.f[i] = Math.sqrt(variance * variances[F]);
    out.sd.Dp[i] = Math.sqrt(variance * variances[swapped ? D : DP]);
  }
}
