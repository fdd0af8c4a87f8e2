import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { isInside, type ParameterBounds } from './bounds.ts';

/**
 * Writes the estimates of a fit in steps with S0 the mean at b=0: `notConverged` if any is not finite, `atBound` if any is at one of its
 * bounds or Dp is at D. Standard deviations are NaN, since each step takes the estimates of the one before as known.
 * @returns whether there are estimates
 */
export function writeSteps(
  { scale }: Signals,
  i: number,
  D: number,
  f: number,
  Dp: number,
  bounds: ParameterBounds,
  out: Estimates,
): boolean {
  if (!Number.isFinite(D + f + Dp)) {
    fail(out, i, Status.notConverged);
    return false;
  }
  out.S0[i] = scale[i];
  out.D[i] = D;
  out.f[i] = f;
  out.Dp[i] = Dp;
  const free = isInside(D, bounds.D) && isInside(f, bounds.f) && isInside(Dp, bounds.Dp) && Dp > D;
  out.status[i] = free ? Status.converged : Status.atBound;
  if (out.sd) out.sd.D[i] = out.sd.f[i] = out.sd.Dp[i] = NaN;
  return true;
}
