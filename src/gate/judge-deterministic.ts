import type { GatedValueId } from './gated-value.ts';
import { GATED_METRICS, lossOf } from './gated-metric.ts';
import type { Outcome, Verdict } from './verdict.ts';

/** A larger loss is a regression rather than a drift. */
export const REGRESSION = 1e-3;

/**
 * Values count as equal up to this relative difference. If both runs compute exp and log alike, the same code gives the same
 * bits. Otherwise, differences in the last place were found to change a value by less than 2e-8, while float32 instead of
 * float64 changes some value of every fitter by more than 2e-7 (docs/accuracy-gate.md, scripts/gate/rounding.ts).
 */
export const sameWithin = (arithmeticAgrees: boolean): number => (arithmeticAgrees ? 1e-12 : 1e-7);

/** Judges a value without randomness, on the same voxels as the accepted one: any change has a cause. */
export function judgeDeterministic(
  id: GatedValueId,
  accepted: number,
  found: number,
  tolerance: number,
): Verdict {
  const loss = lossOf(id.metric, accepted, found);
  const outcome = outcomeOf(id.metric, accepted, found, tolerance);
  return { id, kind: 'deterministic', outcome, accepted, found, loss, p: NaN, detectable: tolerance };
}

function outcomeOf(metric: string, accepted: number, found: number, tolerance: number): Outcome {
  // A value that was never a number can't get worse.
  if (Number.isNaN(found)) return Number.isNaN(accepted) ? 'same' : 'failed';
  if (Number.isNaN(accepted)) return 'better';
  const loss = lossOf(metric, accepted, found);
  if (Math.abs(loss) <= tolerance) return 'same';
  if (loss < 0) return 'better';
  return isRegression(metric, loss) ? 'worse' : 'drifted';
}

/** Whether a loss is too large for rounding; for failed voxels, any is. */
export const isRegression = (metric: string, loss: number): boolean =>
  loss > (GATED_METRICS.get(metric)?.scale === 'difference' ? 0 : REGRESSION);
