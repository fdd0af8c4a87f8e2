import { DecayPowers, evenRates } from './decay-powers.ts';

const NODES = 32;
const MAX_STEPS = 60;
/** The search ends with a relative step in u = exp(-b_1 rate) below this. */
const SMALL = 1e-12;

/**
 * The global least-squares fit of one decay within bounds of rate and amplitude:
 *
 *     minimise  sum over k of (a exp(-b_k r) - y_k)²
 *
 * with signals y_k, b_k in s/mm² and r in mm²/s. a is eliminated in closed form, a = sum of y_k e_k over sum of e_k² with
 * e_k = exp(-b_k r), clipped to its bounds (Golub and Pereyra, SIAM J Numer Anal 1973;10:413). The best rate of a grid
 * starts Newton's method in u = exp(-b_1 r), which is kept between the neighbours of that rate by bisection (Press et al.,
 * Numerical Recipes, 2007, section 9.4) and stops where u changes by less than a fraction of itself.
 *
 * The answer is in `rate`, `amplitude` and `sse`. Allocates nothing per problem.
 */
export class OneDecay {
  rate = NaN;
  amplitude = NaN;
  sse = NaN;

  readonly #b1: number;
  readonly #relative: Float64Array;
  readonly #powers: DecayPowers;
  readonly #rates: Float64Array;
  readonly #decays: Float64Array;
  readonly #squares: Float64Array;
  readonly #p: Float64Array;
  #slope = 0;
  #bend = 0;

  /**
   * @param b b-values in s/mm², ascending, above 0
   * @param bounds of the rate in mm²/s
   */
  constructor(b: Float64Array, bounds: readonly [number, number]) {
    const m = b.length;
    this.#b1 = b[0];
    this.#relative = b.map((value) => value / b[0]);
    this.#powers = new DecayPowers(b);
    this.#rates = evenRates(this.#powers, b, bounds, NODES);
    this.#decays = new Float64Array(this.#rates.length * m);
    this.#squares = new Float64Array(this.#rates.length);
    this.#p = new Float64Array(this.#powers.size);
    for (let j = 0; j < this.#rates.length; j++) {
      this.#powers.write(this.#rates[j], this.#p);
      for (let k = 0; k < m; k++) this.#squares[j] += this.#p[k] * this.#p[k];
      this.#decays.set(this.#p.subarray(0, m), j * m);
    }
  }

  /**
   * @param y one value per b-value
   * @param least lower bound of the amplitude
   * @param most its upper bound; equal to `least` for a given amplitude
   * @param from a lower bound of the rate for this problem alone, at most the upper one
   */
  solve(y: Float64Array, least: number, most: number, from = 0): void {
    const rates = this.#rates;
    const at = this.#bestNode(y, least, most, from);
    let low = Math.max(from, rates[Math.max(0, at - 1)]);
    let high = rates[Math.min(rates.length - 1, at + 1)];
    let rate = rates[at];
    let lowIsOpen = rate > low;
    let highIsOpen = rate < high;
    this.sse = Infinity;
    for (let step = 0; step < MAX_STEPS; step++) {
      const better = this.#evaluate(y, rate, least, most);
      // If the sum of squares has grown, the minimum is between here and the best rate, whatever the slope.
      let slope = better ? this.#slope : rate - this.rate;
      // At a rate at which the decay is 0 everywhere the slope is 0 as well: go below it once.
      if (slope === 0 && step === 0 && rate === high) slope = 1;
      if (slope === 0 || (rate === low && slope > 0) || (rate === high && slope < 0)) break;
      if (slope > 0) high = rate;
      else low = rate;
      // Newton's step in u, relative to u, in which fast rates are as well separated as slow ones.
      const change = better && this.#bend > 0 ? slope / this.#bend : NaN;
      if (Math.abs(change) < SMALL) break;
      let next = change > -1 ? rate - Math.log(1 + change) / this.#b1 : Infinity;
      if (!(next > low && next < high)) {
        // Outside the bracket: to an end that has not been evaluated yet, otherwise to the middle.
        if (slope > 0 && lowIsOpen) {
          next = low;
          lowIsOpen = false;
        } else if (slope < 0 && highIsOpen) {
          next = high;
          highIsOpen = false;
        } else {
          next = this.#middle(low, high);
        }
      }
      if (next === rate) break;
      rate = next;
    }
  }

  /** Halfway in u. */
  #middle(low: number, high: number): number {
    const b1 = this.#b1;
    const middle = -Math.log(0.5 * (Math.exp(-b1 * low) + Math.exp(-b1 * high))) / b1;
    return clip(middle, low, high);
  }

  #bestNode(y: Float64Array, least: number, most: number, from: number): number {
    const rates = this.#rates;
    const decays = this.#decays;
    const squares = this.#squares;
    const m = y.length;
    let best = squares.length - 1;
    let bestValue = Infinity;
    for (let j = 0, at = 0; j < squares.length; j++) {
      let dot = 0;
      for (let k = 0; k < m; k++, at++) dot += y[k] * decays[at];
      const a = clip(squares[j] > 0 ? dot / squares[j] : least, least, most);
      const value = a * (a * squares[j] - 2 * dot);
      if (value < bestValue && rates[j] >= from) {
        bestValue = value;
        best = j;
      }
    }
    return best;
  }

  /**
   * Evaluates the sum of squares with the derivatives for Newton's step (`#slope` has the sign of the derivative by the rate),
   * and keeps the rate if it is the best so far.
   */
  #evaluate(y: Float64Array, rate: number, least: number, most: number): boolean {
    const p = this.#p;
    const relative = this.#relative;
    const m = relative.length;
    this.#powers.write(rate, p);
    let dot = 0;
    let square = 0;
    for (let k = 0; k < m; k++) {
      dot += y[k] * p[k];
      square += p[k] * p[k];
    }
    const free = square > 0 ? dot / square : least;
    const a = clip(free, least, most);
    let rr = 0;
    let rp = 0;
    let rpp = 0;
    let pp = 0;
    let mixed = 0;
    for (let k = 0; k < m; k++) {
      const r = a * p[k] - y[k];
      const np = relative[k] * p[k];
      rr += r * r;
      rp += r * np;
      rpp += r * (relative[k] - 1) * np;
      pp += np * np;
      mixed += p[k] * np;
    }
    // By u, half the sum of squares has the slope a rp / u and the bend below / u².
    const cross = a * mixed + rp;
    this.#slope = -a * rp;
    this.#bend = a * a * pp + a * rpp - (a === free ? (cross * cross) / square : 0);
    if (!(rr <= this.sse)) return false;
    this.rate = rate;
    this.amplitude = a;
    this.sse = rr;
    return true;
  }
}

function clip(x: number, least: number, most: number): number {
  return x < least ? least : x > most ? most : x;
}
