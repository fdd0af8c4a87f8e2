import { ALL_MEASURES } from '../measures/all-measures.ts';
import type { Gated } from '../measures/measure.ts';

/** How each gated metric is compared, by the name in its rows. For all of them, lower is better. */
export const GATED_METRICS: ReadonlyMap<string, Gated> = new Map(
  ALL_MEASURES.flatMap(({ name, gated }) => (gated ? [[name, gated]] : [])),
);

/** Returns how much worse `found` is than `accepted`; negative if it is better. */
export function lossOf(metric: string, accepted: number, found: number): number {
  if (accepted === found) return 0;
  return GATED_METRICS.get(metric)?.scale === 'difference' ? found - accepted : found / accepted - 1;
}
