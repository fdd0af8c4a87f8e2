/** Longer chains are thinned to at most this many values, so that the sums stay short; no chain is worth more. */
const MOST_VALUES = 1024;

/**
 * The effective size of a Markov chain's sample: the number of independent draws whose mean has the same variance,
 *
 *     n_eff = n / (1 + 2 sum over k of rho_k),
 *
 * rho_k the correlation of values k steps apart, summed in pairs as far as these are positive and made to decrease (Geyer,
 * Statistical Science 1992;7:473-483, the initial monotone sequence). It tells how well the chain knows the mean of the part of
 * the distribution that it has visited; of a part that it has never seen it tells nothing. Allocates nothing per chain.
 */
export class EffectiveSize {
  readonly #values = new Float64Array(MOST_VALUES);

  /** @param chain its first `n` values are used; a chain that never moves is worth 1 */
  of(chain: Float64Array, n: number): number {
    const every = Math.ceil(n / MOST_VALUES);
    const m = Math.floor(n / every);
    const values = this.#values;
    let mean = 0;
    for (let i = 0; i < m; i++) mean += values[i] = chain[(i + 1) * every - 1];
    mean /= m;
    for (let i = 0; i < m; i++) values[i] -= mean;
    const variance = this.#product(0, m);
    if (!(variance > 0)) return 1;
    let sum = 0;
    let before = Infinity;
    for (let k = 0; k + 1 < m; k += 2) {
      const pair = (this.#product(k, m) + this.#product(k + 1, m)) / variance;
      if (!(pair > 0)) break;
      before = Math.min(before, pair);
      sum += before;
    }
    // The first pair holds rho_0 = 1, which counts once and not twice.
    return m / Math.max(1, 2 * sum - 1);
  }

  /** Sum of products of values `lag` apart. */
  #product(lag: number, m: number): number {
    const values = this.#values;
    let sum = 0;
    for (let i = lag; i < m; i++) sum += values[i - lag] * values[i];
    return sum;
  }
}
