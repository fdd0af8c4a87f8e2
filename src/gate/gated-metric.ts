/** A metric whose figures are held to what was accepted; of all of them, less is better. */
export interface GatedMetric {
  /** How a loss is counted: `ratio`, new over accepted less 1; `difference`, new less accepted. */
  readonly scale: 'ratio' | 'difference';
  /** False where seeds spread it too much to be of use: figures of fitters that train do without it. */
  readonly overSeeds: boolean;
}

/**
 * The metrics that are gated, by the name their rows have: one that feels every voxel, one that feels the middle ones, and
 * the voxels neither counts. Others follow from these, or have no better and worse.
 */
export const GATED_METRICS: ReadonlyMap<string, GatedMetric> = new Map([
  ['rmse', { scale: 'ratio', overSeeds: true }],
  ['median_absolute_error', { scale: 'ratio', overSeeds: false }],
  ['failed_fraction', { scale: 'difference', overSeeds: true }],
]);

/** How much worse `found` is than `accepted`; below 0 where it is better. */
export function lossOf(metric: string, accepted: number, found: number): number {
  if (accepted === found) return 0;
  return GATED_METRICS.get(metric)?.scale === 'difference' ? found - accepted : found / accepted - 1;
}
