/**
 * Standard normal numbers by Marsaglia's polar method from a stream of uniform ones. They are generated in pairs and the second
 * is kept, as in NumPy's legacy generator.
 */
export abstract class PolarGaussian {
  #spare = NaN;

  /** Uniform on [0, 1). */
  abstract uniform(): number;

  gaussian(): number {
    if (!Number.isNaN(this.#spare)) {
      const spare = this.#spare;
      this.#spare = NaN;
      return spare;
    }
    let x: number;
    let y: number;
    let r2: number;
    do {
      x = 2 * this.uniform() - 1;
      y = 2 * this.uniform() - 1;
      r2 = x * x + y * y;
    } while (r2 >= 1 || r2 === 0);
    const stretch = Math.sqrt((-2 * Math.log(r2)) / r2);
    this.#spare = stretch * x;
    return stretch * y;
  }

  /** Discards the kept number when the stream restarts. */
  protected forgetSpare(): void {
    this.#spare = NaN;
  }
}
