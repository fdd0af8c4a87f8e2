import type { GatedValueId } from './gated-value.ts';
import { GATED_METRICS, lossOf } from './gated-metric.ts';
import type { Outcome, Verdict } from './verdict.ts';

/** A loss beyond this is called a regression, and not a drift. */
export const REGRESSION = 1e-3;

/**
 * Relative differences up to this are none. Where both runs compute exp and log alike, the same code gives the same bits;
 * where they do not, differences in the last place have been seen to move a figure by less than 2e-8, and float32 in place of
 * float64 to move some figure of every fitter by more than 2e-7 (docs/accuracy-gate.md, scripts/gate/rounding.ts).
 */
export const sameWithin = (arithmeticAgrees: boolean): number => (arithmeticAgrees ? 1e-12 : 1e-7);

/** A figure that nothing random has a part in, on the same voxels as the accepted one: any change has a cause. */
export function judgeDeterministic(
  figure: GatedValueId,
  accepted: number,
  found: number,
  tolerance: number,
): Verdict {
  const loss = lossOf(figure.metric, accepted, found);
  const outcome = outcomeOf(figure.metric, accepted, found, tolerance);
  return { figure, kind: 'deterministic', outcome, accepted, found, loss, p: NaN, detectable: tolerance };
}

function outcomeOf(metric: string, accepted: number, found: number, tolerance: number): Outcome {
  // A figure that was never a number has nothing to lose.
  if (Number.isNaN(found)) return Number.isNaN(accepted) ? 'same' : 'failed';
  if (Number.isNaN(accepted)) return 'better';
  const loss = lossOf(metric, accepted, found);
  if (Math.abs(loss) <= tolerance) return 'same';
  if (loss < 0) return 'better';
  return isRegression(metric, loss) ? 'worse' : 'drifted';
}

/** Whether a loss is too large for rounding; of voxels that fail, one is. */
export const isRegression = (metric: string, loss: number): boolean =>
  loss > (GATED_METRICS.get(metric)?.scale === 'difference' ? 0 : REGRESSION);
