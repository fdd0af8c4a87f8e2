/** Position of a run in the order of increasing loss. */
export type Chosen = 'best' | 'median' | 'worst';
export const CHOSEN: readonly Chosen[] = ['best', 'median', 'worst'];

/**
 * Returns the run with the lowest, median or highest loss; of an even number, the lower of the middle two, so that it is an
 * actual network. Undefined if no run has a finite loss.
 */
export function byLoss<T extends { readonly loss: number }>(
  runs: readonly T[],
  chosen: Chosen,
): T | undefined {
  const sorted = runs.filter(({ loss }) => Number.isFinite(loss)).sort((a, b) => a.loss - b.loss);
  const place = { best: 0, median: (sorted.length - 1) >> 1, worst: sorted.length - 1 };
  return sorted[place[chosen]];
}
