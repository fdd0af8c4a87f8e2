import type { DecayPowers } from './decay-powers.ts';
import { evenRates } from './even-rates.ts';

/**
 * The sum of squares on a grid of pairs Dp > D, f at its best for each. Whatever does not depend on the signals is
 * computed once per protocol, so that a pair costs a handful of multiplications and no exponential.
 *
 * `scan` fills, for every Dp of the grid, the least sum of squares over D (short of the signals' own sum of squares)
 * and where it is, both refined by the parabola through the best D and its neighbours.
 */
export class SeparableGrid {
  /** Rates for D and for Dp, ascending, in mm²/s. */
  readonly D: Float64Array;
  readonly Dp: Float64Array;
  /** Their decays, row by row. */
  readonly slow: Float64Array;
  readonly fast: Float64Array;
  /** Per Dp: the least sum of squares less that of the signals, and the D that reaches it. */
  readonly profile: Float64Array;
  readonly bestD: Float64Array;

  /** Signals times decays. */
  readonly #ySlow: Float64Array;
  readonly #yFast: Float64Array;
  /** Squared lengths of the decays of D. */
  readonly #slowSquare: Float64Array;
  /** Per pair, Dp-major: e.p - e.e, |p - e|² and its inverse. */
  readonly #cross: Float64Array;
  readonly #distance: Float64Array;
  readonly #inverse: Float64Array;
  /** Per Dp: how many D lie below it. */
  readonly #below: Uint16Array;
  readonly #column: Float64Array;
  readonly #leastF: number;
  readonly #mostF: number;

  constructor(
    powers: DecayPowers,
    b: Float64Array,
    bounds: {
      readonly D: readonly [number, number];
      readonly f: readonly [number, number];
      readonly Dp: readonly [number, number];
    },
    size: number,
  ) {
    const m = b.length;
    const same = bounds.D[0] === bounds.Dp[0] && bounds.D[1] === bounds.Dp[1];
    [this.#leastF, this.#mostF] = bounds.f;
    this.D = evenRates(powers, b, bounds.D, size);
    this.Dp = same ? this.D : evenRates(powers, b, bounds.Dp, size);
    this.slow = decays(powers, this.D, m);
    this.fast = same ? this.slow : decays(powers, this.Dp, m);
    this.#ySlow = new Float64Array(this.D.length);
    this.#yFast = same ? this.#ySlow : new Float64Array(this.Dp.length);
    this.profile = new Float64Array(this.Dp.length);
    this.bestD = new Float64Array(this.Dp.length);
    this.#column = new Float64Array(this.D.length);
    this.#slowSquare = this.D.map((_, i) => product(this.slow, i, this.slow, i, m));
    this.#below = Uint16Array.from(this.Dp, (rate) => this.D.filter((D) => D < rate).length);

    const pairs = this.#below.reduce((sum, count) => sum + count, 0);
    this.#cross = new Float64Array(pairs);
    this.#distance = new Float64Array(pairs);
    this.#inverse = new Float64Array(pairs);
    let pair = 0;
    for (let j = 0; j < this.Dp.length; j++) {
      for (let i = 0; i < this.#below[j]; i++, pair++) {
        let distance = 0;
        for (let k = 0; k < m; k++) distance += (this.fast[j * m + k] - this.slow[i * m + k]) ** 2;
        this.#cross[pair] = product(this.slow, i, this.fast, j, m) - this.#slowSquare[i];
        this.#distance[pair] = distance;
        this.#inverse[pair] = distance > 0 ? 1 / distance : 0;
      }
    }
  }

  /** Fills `profile` and `bestD` for signals `y`; returns the place of the best Dp. */
  scan(y: Float64Array): number {
    const { profile, bestD, D } = this;
    const ySlow = this.#ySlow;
    const yFast = this.#yFast;
    const slowSquare = this.#slowSquare;
    const cross = this.#cross;
    const distance = this.#distance;
    const inverse = this.#inverse;
    const below = this.#below;
    const column = this.#column;
    const leastF = this.#leastF;
    const mostF = this.#mostF;
    project(this.slow, y, ySlow);
    if (yFast !== ySlow) project(this.fast, y, yFast);

    let best = 0;
    let pair = 0;
    for (let j = 0; j < profile.length; j++) {
      const yj = yFast[j];
      const count = below[j];
      let least = Infinity;
      let at = 0;
      for (let i = 0; i < count; i++, pair++) {
        const yi = ySlow[i];
        const projection = yj - yi - cross[pair];
        let f = projection * inverse[pair];
        f = f < leastF ? leastF : f > mostF ? mostF : f;
        const value = slowSquare[i] - 2 * yi - f * (2 * projection - f * distance[pair]);
        column[i] = value;
        if (value < least) {
          least = value;
          at = i;
        }
      }
      let rate = D[at];
      if (at > 0 && at + 1 < count) {
        const left = column[at - 1] - least;
        const right = column[at + 1] - least;
        const bend = left + right;
        if (bend > 0) {
          const shift = (0.5 * (left - right)) / bend;
          rate += shift * (shift > 0 ? D[at + 1] - rate : rate - D[at - 1]);
          least -= 0.5 * shift * shift * bend;
        }
      }
      profile[j] = least;
      bestD[j] = rate;
      if (least < profile[best]) best = j;
    }
    return best;
  }
}

function decays(powers: DecayPowers, rates: Float64Array, m: number): Float64Array {
  const rows = new Float64Array(rates.length * m);
  for (let i = 0; i < rates.length; i++) powers.write(rates[i], rows.subarray(i * m, (i + 1) * m));
  return rows;
}

function product(a: Float64Array, i: number, b: Float64Array, j: number, m: number): number {
  let sum = 0;
  for (let k = 0; k < m; k++) sum += a[i * m + k] * b[j * m + k];
  return sum;
}

function project(rows: Float64Array, y: Float64Array, out: Float64Array): void {
  const m = y.length;
  for (let i = 0, at = 0; i < out.length; i++) {
    let sum = 0;
    for (let k = 0; k < m; k++, at++) sum += rows[at] * y[k];
    out[i] = sum;
  }
}
