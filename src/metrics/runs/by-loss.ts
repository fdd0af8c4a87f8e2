/** A run by its place when runs are put in the order of their loss. */
export type Chosen = 'best' | 'median' | 'worst';
export const CHOSEN: readonly Chosen[] = ['best', 'median', 'worst'];

/**
 * The run of lowest, middle or highest loss; of an even number the lower one of the middle two, so that it is a network
 * there is. Undefined without runs of a finite loss.
 */
export function byLoss<T extends { readonly loss: number }>(
  runs: readonly T[],
  chosen: Chosen,
): T | undefined {
  const sorted = runs.filter(({ loss }) => Number.isFinite(loss)).sort((a, b) => a.loss - b.loss);
  const place = { best: 0, median: (sorted.length - 1) >> 1, worst: sorted.length - 1 };
  return sorted[place[chosen]];
}
