import { failedFrom, type Estimates, type Signals } from '../contracts/voxels.ts';

/**
 * Writes how far the signals of every voxel lie from the decay of its estimate, S0 (f exp(-b Dp) + (1 - f) exp(-b D)):
 * `out.residual` and `out.rSquared`. R² is 1 - sum w (signal - decay)² / sum w (signal - mean)², w the number of measurements
 * and the mean that of the voxel's signals over b; it is negative where a constant explains the signals better.
 * @param repeats measurements per b-value; 0 counts as 1
 */
export function measureResiduals(
  { bValues, values, scale }: Signals,
  out: Estimates,
  repeats: ArrayLike<number>,
): void {
  const { n, S0, D, f, Dp, status, residual, rSquared } = out;
  if (!residual || !rSquared) return;
  const width = bValues.length;
  let weights = 0;
  for (let k = 0; k < width; k++) weights += Math.max(1, repeats[k]);
  for (let i = 0; i < n; i++) {
    residual[i] = rSquared[i] = NaN;
    if (status[i] >= failedFrom) continue;
    let mean = 0;
    for (let k = 0, at = i * width; k < width; k++, at++) mean += Math.max(1, repeats[k]) * values[at];
    mean /= weights;
    const relative = S0[i] / scale[i];
    let left = 0;
    let whole = 0;
    for (let k = 0, at = i * width; k < width; k++, at++) {
      const weight = Math.max(1, repeats[k]);
      const slow = Math.exp(-bValues[k] * D[i]);
      const model = relative * (slow + f[i] * (Math.exp(-bValues[k] * Dp[i]) - slow));
      left += weight * (values[at] - model) ** 2;
      whole += weight * (values[at] - mean) ** 2;
    }
    residual[i] = scale[i] * Math.sqrt(left / weights);
    rSquared[i] = whole > 0 ? 1 - left / whole : NaN;
  }
}
