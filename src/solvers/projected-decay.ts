import { sameDecay } from './rate-grid.ts';
import type { DifferentiableObjective } from './damped-newton.ts';

/**
 * The best S0 >= 0 and f within bounds of S0 (f u + (1 - f) v) for two given decays u and v, in closed form: the plane
 * of both decays where the projection on it has an allowed f, otherwise the better of the two ends (non-negative
 * least squares, Lawson and Hanson 1974, ch. 23, in two variables).
 */
class TwoAmplitudes {
  S0 = 0;
  f = 0;
  /** Whether f is inside its bounds and S0 above 0, so that both depend on the signals. */
  free = false;
  readonly #least: number;
  readonly #most: number;

  constructor([least, most]: readonly [number, number]) {
    this.#least = least;
    this.#most = most;
  }

  /** From the inner products of the signals x with both decays, and of the decays with themselves and each other. */
  solve(xu: number, xv: number, uu: number, vv: number, uv: number): void {
    const determinant = uu * vv - uv * uv;
    const alpha = vv * xu - uv * xv;
    const beta = uu * xv - uv * xu;
    const sum = alpha + beta;
    if (determinant > sameDecay * uu * vv && sum > 0) {
      const f = alpha / sum;
      if (f > this.#least && f < this.#most) {
        this.f = f;
        this.S0 = sum / determinant;
        this.free = true;
        return;
      }
    }
    this.free = false;
    const atLeast = this.#gain(this.#least, xu, xv, uu, vv, uv);
    const atMost = this.#gain(this.#most, xu, xv, uu, vv, uv);
    this.f = atMost > atLeast ? this.#most : this.#least;
    const along = xv + this.f * (xu - xv);
    const square = vv + this.f * (2 * (uv - vv) + this.f * (uu - 2 * uv + vv));
    this.S0 = along > 0 && square > 0 ? along / square : 0;
  }

  /** The reduction of the sum of squares by the decay with this f. */
  #gain(f: number, xu: number, xv: number, uu: number, vv: number, uv: number): number {
    const along = xv + f * (xu - xv);
    const square = vv + f * (2 * (uv - vv) + f * (uu - 2 * uv + vv));
    return along > 0 && square > 0 ? (along * along) / square : 0;
  }
}

/**
 * Least squares over the rates alone, with S0 and f eliminated (variable projection, Golub and Pereyra, SIAM J Numer Anal
 * 1973;10:413):
 *
 *     F(D, Dp) = min over S0 >= 0 and f within its bounds of
 *                1/2 sum over k of (S0 (f exp(-b_k Dp) + (1 - f) exp(-b_k D)) - y_k)²
 *
 * with signals y_k, those at b=0 among them, in the unit of S0, b_k in s/mm², D and Dp in mm²/s. The curvature is J'J with
 * what the free amplitudes explain projected out: the approximate Jacobian of Kaufman (BIT 1975;15:49), which leaves the
 * gradient exact. Its loops are written out beside those of `decay-objectives.ts`, which says why.
 */
export class ProjectedDecay implements DifferentiableObjective {
  readonly n = 2;
  readonly gradient = new Float64Array(2);
  readonly curvature = new Float64Array(4);
  readonly amplitudes: TwoAmplitudes;
  readonly #b: Float64Array;
  readonly #y: Float64Array;
  readonly #slow: Float64Array;
  readonly #fast: Float64Array;
  #uu = 0;
  #vv = 0;
  #uv = 0;

  /** @param b b-values in s/mm² */
  constructor(b: Float64Array, fBounds: readonly [number, number]) {
    this.amplitudes = new TwoAmplitudes(fBounds);
    this.#b = b;
    this.#y = new Float64Array(b.length);
    this.#slow = new Float64Array(b.length);
    this.#fast = new Float64Array(b.length);
  }

  /** Copies the signals of a voxel that start at `offset`. */
  measure(values: Float64Array, offset: number): void {
    const y = this.#y;
    for (let k = 0; k < y.length; k++) y[k] = values[offset + k];
  }

  evaluate(x: Float64Array): number {
    const b = this.#b;
    const y = this.#y;
    const slow = this.#slow;
    const fast = this.#fast;
    let uu = 0;
    let vv = 0;
    let uv = 0;
    let xu = 0;
    let xv = 0;
    for (let k = 0; k < b.length; k++) {
      const v = Math.exp(-b[k] * x[0]);
      const u = Math.exp(-b[k] * x[1]);
      slow[k] = v;
      fast[k] = u;
      uu += u * u;
      vv += v * v;
      uv += u * v;
      xu += y[k] * u;
      xv += y[k] * v;
    }
    this.#uu = uu;
    this.#vv = vv;
    this.#uv = uv;
    this.amplitudes.solve(xu, xv, uu, vv, uv);
    const { S0, f } = this.amplitudes;
    let sum = 0;
    for (let k = 0; k < b.length; k++) {
      const r = S0 * (f * fast[k] + (1 - f) * slow[k]) - y[k];
      sum += r * r;
    }
    return 0.5 * sum;
  }

  differentiate(): void {
    const { gradient, curvature } = this;
    const b = this.#b;
    const slow = this.#slow;
    const fast = this.#fast;
    const { S0, f, free } = this.amplitudes;
    const a = S0 * f;
    const c = S0 * (1 - f);
    let rd = 0;
    let rp = 0;
    let dd = 0;
    let dp = 0;
    let pp = 0;
    // Inner products of both derivatives with the decays u and v.
    let du = 0;
    let dv = 0;
    let pu = 0;
    let pv = 0;
    for (let k = 0; k < b.length; k++) {
      const u = fast[k];
      const v = slow[k];
      const r = a * u + c * v - this.#y[k];
      const byD = -b[k] * c * v;
      const byDp = -b[k] * a * u;
      rd += r * byD;
      rp += r * byDp;
      dd += byD * byD;
      dp += byD * byDp;
      pp += byDp * byDp;
      du += byD * u;
      dv += byD * v;
      pu += byDp * u;
      pv += byDp * v;
    }
    const uu = this.#uu;
    const vv = this.#vv;
    const uv = this.#uv;
    if (free) {
      const per = 1 / (uu * vv - uv * uv);
      dd -= (du * (vv * du - uv * dv) + dv * (uu * dv - uv * du)) * per;
      dp -= (du * (vv * pu - uv * pv) + dv * (uu * pv - uv * pu)) * per;
      pp -= (pu * (vv * pu - uv * pv) + pv * (uu * pv - uv * pu)) * per;
    } else if (S0 > 0) {
      // Only the sum is free.
      const per = 1 / (vv + f * (2 * (uv - vv) + f * (uu - 2 * uv + vv)));
      const ds = dv + f * (du - dv);
      const ps = pv + f * (pu - pv);
      dd -= ds * ds * per;
      dp -= ds * ps * per;
      pp -= ps * ps * per;
    }
    gradient[0] = rd;
    gradient[1] = rp;
    curvature[0] = dd > 0 ? dd : 0;
    curvature[1] = curvature[2] = dp;
    curvature[3] = pp > 0 ? pp : 0;
  }
}
