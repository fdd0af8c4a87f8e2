import { Status, type Estimates } from '../contracts/voxels.ts';

/**
 * Standard deviations of a least-squares estimate from its curvature: the square roots of the diagonal of s² (J'J)^-1, with the
 * residual variance s² = SSE / (n_b - 3) (Seber and Wild, Nonlinear Regression, section 2.1.2). NaN where undefined: a
 * parameter on a bound, a singular J'J, or no residual degrees of freedom.
 */
export class StandardDeviations {
  readonly #b: Float64Array;

  /** @param b b-values that were fitted, in s/mm² */
  constructor(b: Float64Array) {
    this.#b = b;
  }

  /** Writes `out.sd` of voxel `i`, whose estimate and status are in `out`. */
  write(out: Estimates, i: number, sumOfSquares: number): void {
    if (!out.sd) return;
    const b = this.#b;
    const D = out.D[i];
    const f = out.f[i];
    const Dp = out.Dp[i];
    // J'J over (D, f, Dp).
    let aa = 0;
    let ab = 0;
    let ac = 0;
    let bb = 0;
    let bc = 0;
    let cc = 0;
    for (let k = 0; k < b.length; k++) {
      const e = Math.exp(-b[k] * D);
      const p = Math.exp(-b[k] * Dp);
      const dD = -b[k] * (1 - f) * e;
      const df = p - e;
      const dDp = -b[k] * f * p;
      aa += dD * dD;
      ab += dD * df;
      ac += dD * dDp;
      bb += df * df;
      bc += df * dDp;
      cc += dDp * dDp;
    }
    const cofactorD = bb * cc - bc * bc;
    const cofactorF = aa * cc - ac * ac;
    const cofactorDp = aa * bb - ab * ab;
    const determinant = aa * cofactorD - ab * (ab * cc - bc * ac) + ac * (ab * bc - bb * ac);
    // Rounding leaves about this much of a determinant that is zero.
    const usable = out.status[i] === Status.converged && b.length > 3 && determinant > 1e-13 * aa * bb * cc;
    const variance = usable ? sumOfSquares / (b.length - 3) / determinant : NaN;
    out.sd.D[i] = Math.sqrt(variance * cofactorD);
    out.sd.f[i] = Math.sqrt(variance * cofactorF);
    out.sd.Dp[i] = Math.sqrt(variance * cofactorDp);
  }
}
