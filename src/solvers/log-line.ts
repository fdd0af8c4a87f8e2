import { clip } from './bounds.ts';

/**
 * The straight line log S = intercept - slope b by weighted linear least squares, with bounds on both. Signals of 0
 * and below have no logarithm and are omitted. Since the sum of squares is convex, its minimum inside the box is the
 * unconstrained one or the minimum on a face. Allocates nothing per problem.
 */
export class LogLine {
  slope = NaN;
  intercept = NaN;
  /** Signals that had a logarithm, in the last fit. */
  used = 0;
  /** Sums of weights, and of weights times b and b², for `deviate`. */
  #w = 0;
  #wb = 0;
  #wbb = 0;
  #wy = 0;
  #wby = 0;
  #free = false;
  readonly #b: Float64Array;
  readonly #logs: Float64Array;
  readonly #weights: Float64Array;

  /** @param b b-values in s/mm², one per signal */
  constructor(b: Float64Array) {
    this.#b = b;
    this.#logs = new Float64Array(b.length);
    this.#weights = new Float64Array(b.length);
  }

  /**
   * Copies the signals that start at `offset`.
   *
   * @param weighted weights S², since the logarithm changes the noise: sd(log S) = sd(S) / S
   */
  measure(values: Float64Array, offset: number, weighted: boolean): void {
    this.used = 0;
    for (let k = 0; k < this.#b.length; k++) {
      const value = values[offset + k];
      const usable = value > 0;
      this.#logs[k] = usable ? Math.log(value) : 0;
      this.#weights[k] = usable ? (weighted ? value * value : 1) : 0;
      if (usable) this.used++;
    }
  }

  /** Weights each signal by the square of its value on the last line instead (Veraart et al. 2013). */
  weighByFit(): void {
    for (let k = 0; k < this.#b.length; k++) {
      const fitted = Math.exp(this.intercept - this.slope * this.#b[k]);
      if (this.#weights[k] > 0) this.#weights[k] = fitted * fitted;
    }
  }

  /** Fits slope (mm²/s) and intercept. @returns false if fewer than two signals have a logarithm */
  fit(slope: readonly [number, number], intercept: readonly [number, number]): boolean {
    this.#sum();
    if (this.used < 2) return false;
    const determinant = this.#w * this.#wbb - this.#wb * this.#wb;
    this.intercept = (this.#wbb * this.#wy - this.#wb * this.#wby) / determinant;
    this.slope = (this.#wb * this.#wy - this.#w * this.#wby) / determinant;
    this.#free = inside(this.slope, slope) && inside(this.intercept, intercept);
    if (this.#free) return true;
    let least = Infinity;
    for (let face = 0; face < 4; face++) {
      const end = face & 1;
      const a = face < 2 ? this.#interceptFor(slope[end], intercept) : intercept[end];
      const s = face < 2 ? slope[end] : this.#slopeFor(intercept[end], slope);
      const loss = this.#loss(s, a);
      if (!(loss < least)) continue;
      least = loss;
      this.slope = s;
      this.intercept = a;
    }
    return least < Infinity;
  }

  /** The same with a given intercept. @returns false if no signal has a logarithm */
  fitSlope(intercept: number, slope: readonly [number, number]): boolean {
    this.#sum();
    this.intercept = intercept;
    this.slope = this.#slopeFor(intercept, slope);
    this.#free = false;
    return this.used > 0 && this.#wbb > 0;
  }

  /**
   * Variances of the slope and the intercept of the last fit from the scatter about the line: s² (X' W X)^-1, s² the
   * weighted sum of squares divided by the number of signals minus two. NaN on a bound, or with two signals.
   */
  deviate(to: Float64Array): void {
    const determinant = this.#w * this.#wbb - this.#wb * this.#wb;
    const usable = this.#free && this.used > 2;
    const variance = usable ? this.#loss(this.slope, this.intercept) / (this.used - 2) / determinant : NaN;
    to[0] = variance * this.#w;
    to[1] = variance * this.#wbb;
  }

  #sum(): void {
    this.#w = this.#wb = this.#wbb = this.#wy = this.#wby = 0;
    for (let k = 0; k < this.#b.length; k++) {
      const w = this.#weights[k];
      const b = this.#b[k];
      const y = this.#logs[k];
      this.#w += w;
      this.#wb += w * b;
      this.#wbb += w * b * b;
      this.#wy += w * y;
      this.#wby += w * b * y;
    }
  }

  #interceptFor(slope: number, bounds: readonly [number, number]): number {
    return clip((this.#wy + slope * this.#wb) / this.#w, bounds);
  }

  #slopeFor(intercept: number, bounds: readonly [number, number]): number {
    return clip((intercept * this.#wb - this.#wby) / this.#wbb, bounds);
  }

  #loss(slope: number, intercept: number): number {
    let sum = 0;
    for (let k = 0; k < this.#b.length; k++) {
      const r = this.#logs[k] - intercept + slope * this.#b[k];
      if (this.#weights[k] > 0) sum += this.#weights[k] * r * r;
    }
    return sum;
  }
}

function inside(value: number, [least, most]: readonly [number, number]): boolean {
  return value >= least && value <= most;
}
