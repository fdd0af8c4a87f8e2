import type { PreparedFitter } from '../contracts/fitter.ts';
import { allocateEstimates, type Estimates, type Signals } from '../contracts/voxels.ts';
import { withInputGuard } from './input-guard.ts';
import { testResiduals } from './residual-test.ts';

/**
 * Fits voxels that other fitters share, and tests the residuals where the noise is known.
 * @throws Error if the fitter modifies them
 */
export async function fitVoxels(
  ready: PreparedFitter,
  signals: Signals,
  wanted: { readonly sd?: boolean; readonly quantiles?: boolean } = {},
): Promise<Estimates> {
  const { residualTest } = ready;
  const isTested = residualTest !== undefined && signals.sigma !== undefined;
  const estimates = allocateEstimates(signals.n, { ...wanted, p: isTested });
  await withInputGuard([signals], () => ready.fit(signals, estimates));
  if (isTested) testResiduals(signals, estimates, residualTest);
  return estimates;
}
