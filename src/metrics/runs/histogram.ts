/** A histogram with bins of equal width. */
export interface Histogram {
  /** Edges of the bins, one more than the number of bins. */
  readonly edges: readonly number[];
  /** Proportion of the values in each bin, divided by its width. */
  readonly density: readonly number[];
  /** Proportion of the values outside all bins. */
  readonly outside: number;
}

/**
 * Returns the edges of bins over a range, extended by half its length on either side but not below 0; the ends of the range are
 * edges.
 * @param bins number of bins within the range
 */
export function binsAround([low, high]: readonly [number, number], bins: number): number[] {
  const width = (high - low) / bins;
  const below = Math.min(Math.floor(bins / 2), Math.floor(low / width + 1e-9));
  return Array.from({ length: below + bins + Math.floor(bins / 2) + 1 }, (_, i) => low + (i - below) * width);
}

/** Computes the density of the finite values; a value on an edge counts in the bin above it. */
export function histogram(values: Float64Array, edges: readonly number[]): Histogram {
  const bins = edges.length - 1;
  const [low, width] = [edges[0], (edges[bins] - edges[0]) / bins];
  const counts = new Float64Array(bins);
  let total = 0;
  let inside = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    total++;
    const bin = Math.floor((value - low) / width);
    if (bin < 0 || bin >= bins) continue;
    counts[bin]++;
    inside++;
  }
  return {
    edges,
    density: Array.from(counts, (count) => count / (total * width)),
    outside: total === 0 ? NaN : 1 - inside / total,
  };
}
