/**
 * Variances of the Gaussian with the curvature of a negative log posterior at its minimum (Laplace's approximation):
 * the diagonal of the inverse of its Hessian.
 * The study's exponent (n_b + 1) / 2 takes no account of what is spent on the three parameters, so that without a
 * prior these are (n_b - 3) / (n_b + 1) of the least-squares ones: they cover the truth too rarely.
 *
 * @param hessian over u = log Dp, r = log Dp/D and z = logit f: uu, ur, uz, rr, rz, zz
 * @param out variances of log Dp, log D and logit f; NaN where the Hessian is not positive definite
 */
export function laplaceVariances(hessian: Float64Array, out: Float64Array): void {
  const [uu, ur, uz, rr, rz, zz] = hessian;
  const coU = rr * zz - rz * rz;
  const coR = uu * zz - uz * uz;
  const coZ = uu * rr - ur * ur;
  const coUR = rz * uz - ur * zz;
  const determinant = uu * coU + ur * coUR + uz * (ur * rz - rr * uz);
  const over = uu > 0 && coZ > 0 && determinant > 0 ? 1 / determinant : NaN;
  out[0] = coU * over;
  // log D = log Dp - log Dp/D.
  out[1] = (coU + coR - 2 * coUR) * over;
  out[2] = coZ * over;
}
