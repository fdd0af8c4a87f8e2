import type { DifferentiableObjective } from './damped-newton.ts';
import { TwoAmplitudes } from './two-amplitudes.ts';

/**
 * Half the sum of squares of S0 (f exp(-b Dp) + (1 - f) exp(-b D)) as a function of the rates (D, Dp) alone, b=0 among
 * the signals: S0 >= 0 and f within its bounds, which enter linearly as S0 f and S0 (1 - f), are at their
 * best (Golub and Pereyra 1973). The curvature is J'J with what the free amplitudes explain projected out, which leaves
 * Kaufman's approximation of the Jacobian (BIT 1975;15:49-57): the gradient is exact.
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

  /** Takes over the signals of a voxel that start at `offset`. */
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
