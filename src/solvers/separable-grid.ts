import { evenRates } from './decay-powers.ts';
import type { DecayPowers } from './decay-powers.ts';

/** Pairs whose sum of squares is above this multiple of `limit` are skipped: a tangent lowers none by more. */
const REACH = 6;

/**
 * The sum of squares on a grid of pairs Dp > D, each with the best f. All terms that do not depend on the signals are
 * computed once per protocol, so that a pair costs a few multiplications and no exponential.
 */
export class SeparableGrid {
  /** Rates for D and for Dp, ascending, in mm²/s. */
  readonly D: Float64Array;
  readonly Dp: Float64Array;
  /** Their decays, row by row. */
  readonly slow: Float64Array;
  readonly fast: Float64Array;
  /** Per Dp, after `scan`: the least sum of squares over the D below it (infinite where there is none). */
  readonly profile: Float64Array;
  /** The D at which it is reached, and f there. */
  readonly best: Uint16Array;
  readonly fraction: Float64Array;
  /** Per Dp, after `linearise`: the least sum of squares near the given D, and the D at which it is reached. */
  readonly tangent: Float64Array;
  readonly tangentD: Float64Array;
  /** After `refine`. */
  vertexD = 0;
  vertexValue = 0;

  /** Signals times decays. */
  readonly #ySlow: Float64Array;
  readonly #yFast: Float64Array;
  /** Squared lengths of the decays of D, and of Dp. */
  readonly #slowSquare: Float64Array;
  readonly #fastSquare: Float64Array;
  /** Per D: the sum of squares of its decay alone. */
  readonly #alone: Float64Array;
  /** Per pair, Dp-major: e.p - e.e, |p - e|² and its inverse. */
  readonly #cross: Float64Array;
  readonly #distance: Float64Array;
  readonly #inverse: Float64Array;
  /** Per Dp: the number of D below it. */
  readonly #below: Uint16Array;
  /** Per Dp: the index of its first pair. */
  readonly #start: Uint32Array;
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
    this.tangent = new Float64Array(this.Dp.length);
    this.tangentD = new Float64Array(this.Dp.length);
    this.#alone = new Float64Array(this.D.length);
    this.best = new Uint16Array(this.Dp.length);
    this.fraction = new Float64Array(this.Dp.length);
    this.#start = new Uint32Array(this.Dp.length);
    this.#slowSquare = this.D.map((_, i) => product(this.slow, i, this.slow, i, m));
    this.#fastSquare = this.Dp.map((_, j) => product(this.fast, j, this.fast, j, m));
    this.#below = Uint16Array.from(this.Dp, (rate) => this.D.filter((D) => D < rate).length);

    const pairs = this.#below.reduce((sum, count) => sum + count, 0);
    this.#cross = new Float64Array(pairs);
    this.#distance = new Float64Array(pairs);
    this.#inverse = new Float64Array(pairs);
    let pair = 0;
    for (let j = 0; j < this.Dp.length; j++) {
      this.#start[j] = pair;
      for (let i = 0; i < this.#below[j]; i++, pair++) {
        let distance = 0;
        for (let k = 0; k < m; k++) distance += (this.fast[j * m + k] - this.slow[i * m + k]) ** 2;
        this.#cross[pair] = product(this.slow, i, this.fast, j, m) - this.#slowSquare[i];
        this.#distance[pair] = distance;
        this.#inverse[pair] = distance > 0 ? 1 / distance : 0;
      }
    }
  }

  /** Fills `profile` for signals `y` with the sum of squares `square`; returns the place of the best Dp. */
  scan(y: Float64Array, square: number): number {
    const { profile } = this;
    const ySlow = this.#ySlow;
    const yFast = this.#yFast;
    const alone = this.#alone;
    const slowSquare = this.#slowSquare;
    const cross = this.#cross;
    const distance = this.#distance;
    const inverse = this.#inverse;
    const below = this.#below;
    const start = this.#start;
    const bestD = this.best;
    const { fraction } = this;
    const leastF = this.#leastF;
    const mostF = this.#mostF;
    project(this.slow, y, ySlow);
    if (yFast !== ySlow) project(this.fast, y, yFast);
    for (let i = 0; i < alone.length; i++) alone[i] = square + slowSquare[i] - 2 * ySlow[i];

    let best = 0;
    let at = 0;
    for (let j = 0; j < profile.length; j++) {
      const count = below[j];
      const first = start[j];
      const yj = yFast[j];
      let least = Infinity;
      let share = leastF;
      const from = at < count ? at : count - 1;
      let i = from;
      let step = 1;
      // The best D changes little from one Dp to the next: search downhill from the last one, upwards, otherwise downwards.
      for (;;) {
        if (i >= 0 && i < count) {
          const pair = first + i;
          const projection = yj - ySlow[i] - cross[pair];
          let f = projection * inverse[pair];
          let gain = f * projection;
          if (!(f > leastF && f < mostF)) {
            f = f >= mostF ? mostF : leastF;
            gain = f * (2 * projection - f * distance[pair]);
          }
          const value = alone[i] - gain;
          if (value < least) {
            least = value;
            share = f;
            at = i;
            i += step;
            continue;
          }
        }
        if (step < 0 || at !== from) break;
        step = -1;
        i = from - 1;
      }
      profile[j] = least;
      bestD[j] = at;
      fraction[j] = share;
      if (least < profile[best]) best = j;
    }
    return best;
  }

  /**
   * Refines the least sum of squares at Dp number `j` by the parabola through the best D and its neighbours, into
   * `vertexD` and `vertexValue`.
   */
  refine(j: number): void {
    const { D } = this;
    const at = this.best[j];
    this.vertexD = D[at];
    this.vertexValue = this.profile[j];
    if (at === 0 || at + 1 >= this.#below[j]) return;
    const left = this.#value(j, at - 1) - this.profile[j];
    const right = this.#value(j, at + 1) - this.profile[j];
    if (!(left + right > 0)) return;
    const shift = (0.5 * (left - right)) / (left + right);
    this.vertexD += shift * (shift > 0 ? D[at + 1] - D[at] : D[at] - D[at - 1]);
    this.vertexValue -= 0.5 * shift * shift * (left + right);
  }

  #value(j: number, i: number): number {
    const pair = this.#start[j] + i;
    const projection = this.#yFast[j] - this.#ySlow[i] - this.#cross[pair];
    const free = projection * this.#inverse[pair];
    const f = free < this.#leastF ? this.#leastF : free > this.#mostF ? this.#mostF : free;
    return this.#alone[i] - f * (2 * projection - f * this.#distance[pair]);
  }

  /**
   * Fills `tangent` and `tangentD` for the signals last scanned: for every Dp the least sum of squares over f and D, with
   * the decay of D replaced by its tangent e - (D - rate) b e. Where D is near `rate` this is much more accurate than the grid.
   * Infinite if no f inside its bounds lowers the sum of squares.
   *
   * @param e decays at `rate`
   * @param be b times them
   * @param limit sums of squares above it are skipped: `tangentD` is not set, `tangent` may be infinite
   */
  linearise(y: Float64Array, rate: number, e: Float64Array, be: Float64Array, limit: number): void {
    const { fast, tangent, tangentD, Dp, profile } = this;
    const far = REACH * limit;
    const yFast = this.#yFast;
    const fastSquare = this.#fastSquare;
    const leastF = this.#leastF;
    const mostF = this.#mostF;
    const m = y.length;
    let ee = 0;
    let et = 0;
    let tt = 0;
    let ye = 0;
    let yt = 0;
    let rr = 0;
    for (let k = 0; k < m; k++) {
      const r = y[k] - e[k];
      rr += r * r;
      ee += e[k] * e[k];
      et += e[k] * be[k];
      tt += be[k] * be[k];
      ye += y[k] * e[k];
      yt += y[k] * be[k];
    }
    const rt = yt - et;
    for (let j = Dp.length - 1, at = j * m; j >= 0; j--, at -= m) {
      tangent[j] = Infinity;
      if (Dp[j] <= rate || profile[j] > far) continue;
      let pe = 0;
      let pt = 0;
      for (let k = 0; k < m; k++) {
        const p = fast[at + k];
        pe += p * e[k];
        pt += p * be[k];
      }
      const dd = fastSquare[j] - 2 * pe + ee;
      const dt = pt - et;
      const rd = yFast[j] - pe - ye + ee;
      const determinant = dd * tt - dt * dt;
      const f = (rd * tt - rt * dt) / determinant;
      if (!(f > leastF && f < mostF)) continue;
      const along = (rt * dd - rd * dt) / determinant;
      const value = rr - f * rd - along * rt;
      tangent[j] = value;
      if (value < limit) tangentD[j] = rate - along / (1 - f);
    }
  }
}

function decays(powers: DecayPowers, rates: Float64Array, m: number): Float64Array {
  const rows = new Float64Array(rates.length * m);
  const row = new Float64Array(powers.size);
  for (let i = 0; i < rates.length; i++) {
    powers.write(rates[i], row);
    rows.set(row.subarray(0, m), i * m);
  }
  return rows;
}

function product(a: Float64Array, i: number, b: Float64Array, j: number, m: number): number {
  let sum = 0;
  for (let k = 0; k < m; k++) sum += a[i * m + k] * b[j * m + k];
  return sum;
}

/** Four rows at a time, since their sums do not depend on each other. */
function project(rows: Float64Array, y: Float64Array, out: Float64Array): void {
  const m = y.length;
  let i = 0;
  for (; i + 3 < out.length; i += 4) {
    const a = i * m;
    const b = a + m;
    const c = b + m;
    const d = c + m;
    let sumA = 0;
    let sumB = 0;
    let sumC = 0;
    let sumD = 0;
    for (let k = 0; k < m; k++) {
      const value = y[k];
      sumA += rows[a + k] * value;
      sumB += rows[b + k] * value;
      sumC += rows[c + k] * value;
      sumD += rows[d + k] * value;
    }
    out[i] = sumA;
    out[i + 1] = sumB;
    out[i + 2] = sumC;
    out[i + 3] = sumD;
  }
  for (; i < out.length; i++) {
    let sum = 0;
    for (let k = 0; k < m; k++) sum += rows[i * m + k] * y[k];
    out[i] = sum;
  }
}
