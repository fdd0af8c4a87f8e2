import { Z95 } from '../../statistics/normal.ts';

/**
 * Computes Spearman's rank correlation of two lists: Pearson's correlation of their ranks, with mean ranks for ties. Pairs with
 * a non-finite value are skipped; NaN if either list is constant or fewer than two pairs remain.
 */
export function rankCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const pairs: number[] = [];
  for (let i = 0; i < x.length; i++) if (Number.isFinite(x[i]) && Number.isFinite(y[i])) pairs.push(i);
  const ranked = (list: ArrayLike<number>) => ranks(Float64Array.from(pairs, (i) => list[i]));
  return ofRanks(ranked(x), ranked(y));
}

/**
 * Spearman's rank correlation of any two of several lists, as `rankCorrelation`. Lists without a gap are ranked once, however many
 * they are compared with.
 */
export function rankCorrelations(
  lists: readonly ArrayLike<number>[],
): (one: number, other: number) => number {
  const ranked = lists.map((list) => {
    const values = Float64Array.from(list);
    return values.every(Number.isFinite) ? ranks(values) : undefined;
  });
  return (one, other) => {
    const [a, b] = [ranked[one], ranked[other]];
    return a && b ? ofRanks(a, b) : rankCorrelation(lists[one], lists[other]);
  };
}

/** Pearson's correlation of ranks, whose mean is known. */
function ofRanks(a: Float64Array, b: Float64Array): number {
  const mean = (a.length + 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [a[i] - mean, b[i] - mean];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb);
}

/**
 * The 95 % interval of Spearman's rank correlation of `n` pairs: Fisher's transform has variance (1 + r²/2) / (n - 3) (Bonett and Wright,
 * Psychometrika 2000;65:23-28).
 */
export function correlationInterval(r: number, n: number): readonly [number, number] {
  if (!(n > 3)) return [NaN, NaN];
  const half = Z95 * Math.sqrt((1 + (r * r) / 2) / (n - 3));
  const z = Math.atanh(r);
  return [Math.tanh(z - half), Math.tanh(z + half)];
}

/** Returns ranks, starting at 1. */
function ranks(values: Float64Array): Float64Array {
  const places = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const found = new Float64Array(values.length);
  for (let from = 0, to = 0; from < places.length; from = to) {
    while (to < places.length && values[places[to]] === values[places[from]]) to++;
    for (let k = from; k < to; k++) found[places[k]] = (from + 1 + to) / 2;
  }
  return found;
}
