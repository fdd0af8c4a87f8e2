import type { PreparedFitter } from '../contracts/fitter.ts';
import { allocateEstimates, type Estimates, type Signals } from '../contracts/voxels.ts';
import { withInputGuard } from './input-guard.ts';

/**
 * Fits voxels that other fitters share.
 * @throws Error if the fitter modifies them
 */
export async function fitVoxels(
  ready: PreparedFitter,
  signals: Signals,
  wanted: { readonly sd?: boolean; readonly quantiles?: boolean } = {},
): Promise<Estimates> {
  const estimates = allocateEstimates(signals.n, wanted);
  await withInputGuard([signals], () => ready.fit(signals, estimates));
  return estimates;
}
