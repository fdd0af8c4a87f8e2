import { bestOverF } from './best-over-f.ts';
import { DecayPowers } from './decay-powers.ts';
import { evenRates } from './even-rates.ts';
import type { ParameterBounds } from './parameter-bounds.ts';
import { RateGrid } from './rate-grid.ts';

/**
 * What every pair of rates of a fixed grid leaves of a voxel's signals, b=0 among them, S0 and f at their best: from
 * inner products that are computed once per protocol. The minima among the pairs are where fits start.
 */
export class RatePairs {
  /** Rates of the pair last chosen by `best` or `next`, mm²/s. */
  D = NaN;
  Dp = NaN;
  /** What the pair explains of the sum of squares. */
  gain = 0;

  readonly #grid: RateGrid;
  readonly #gains: Float64Array;
  readonly #bounds: ParameterBounds;
  #at = 0;

  /**
   * @param bValues s/mm², the first 0
   * @param size rates per axis
   */
  constructor(bValues: Float64Array, bounds: ParameterBounds, size: number) {
    const b = bValues.slice(1);
    const powers = new DecayPowers(b);
    const slow = evenRates(powers, b, bounds.D, size);
    const fast = evenRates(powers, b, bounds.Dp, size);
    this.#bounds = bounds;
    this.#grid = new RateGrid(bValues, size);
    this.#grid.D.set(slow);
    this.#grid.Dp.set(fast);
    this.#grid.update(fast.length, slow.length);
    this.#gains = new Float64Array(fast.length * slow.length);
  }

  /** Looks at the voxel whose signals start at `offset`, and chooses the best pair. */
  best(values: Float64Array, offset: number): void {
    const gains = this.#gains;
    const { f } = this.#bounds;
    this.#grid.project(values, offset);
    bestOverF(this.#grid, f[0], f[1], gains);
    let best = 0;
    for (let k = 1; k < gains.length; k++) if (gains[k] > gains[best]) best = k;
    this.#choose(best);
    this.#at = 0;
  }

  /** Chooses the next pair that is better than all its neighbours; false where there are no more. */
  next(): boolean {
    const { sizeDp, sizeD } = this.#grid;
    for (let k = this.#at; k < sizeDp * sizeD; k++) {
      if (!this.#isPeak(Math.floor(k / sizeD), k % sizeD)) continue;
      this.#at = k + 1;
      this.#choose(k);
      return true;
    }
    return false;
  }

  #isPeak(i: number, j: number): boolean {
    const { sizeDp, sizeD } = this.#grid;
    const gains = this.#gains;
    const here = gains[i * sizeD + j];
    for (let p = Math.max(0, i - 1); p <= Math.min(sizeDp - 1, i + 1); p++) {
      for (let q = Math.max(0, j - 1); q <= Math.min(sizeD - 1, j + 1); q++) {
        const there = gains[p * sizeD + q];
        // Of equal neighbours the first counts.
        if (there > here || (there === here && p * sizeD + q < i * sizeD + j)) return false;
      }
    }
    return true;
  }

  #choose(k: number): void {
    const { sizeD, D, Dp } = this.#grid;
    this.D = D[k % sizeD];
    this.Dp = Dp[Math.floor(k / sizeD)];
    this.gain = this.#gains[k];
  }
}
