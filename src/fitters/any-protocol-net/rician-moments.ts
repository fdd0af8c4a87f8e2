import { BesselI } from '../../solvers/bessel-i.ts';

/** Beyond this the first terms of the asymptotic series are good to 1e-7. */
const FAR = 20;
const PER_UNIT = 32;

/**
 * Mean and variance of a magnitude with Rician noise of standard deviation 1 over its true value t (Gudbjartsson and
 * Patz 1995): the mean is sqrt(pi / 2) exp(-t²/4) ((1 + t²/2) I0(t²/4) + (t²/2) I1(t²/4)), the mean square t² + 2.
 * The mean is taken from a table with straight lines between its entries; its error is below 3e-4.
 */
export class RicianMoments {
  mean = 0;
  variance = 0;
  readonly #table: Float64Array;

  constructor() {
    const bessel = new BesselI();
    this.#table = Float64Array.from({ length: FAR * PER_UNIT + 2 }, (_, i) =>
      exactMean(i / PER_UNIT, bessel),
    );
  }

  at(t: number): void {
    if (t < FAR) {
      const place = t * PER_UNIT;
      const below = place | 0;
      const table = this.#table;
      this.mean = table[below] + (place - below) * (table[below + 1] - table[below]);
    } else {
      this.mean = t + 0.5 / t + 0.125 / (t * t * t);
    }
    this.variance = Math.max(0, t * t + 2 - this.mean * this.mean);
  }
}

function exactMean(t: number, bessel: BesselI): number {
  const z = (t * t) / 4;
  bessel.at(z);
  const I0 = Math.exp(bessel.logScaled);
  const I1 = I0 * (1 - bessel.shortfall);
  return Math.sqrt(Math.PI / 2) * ((1 + 2 * z) * I0 + 2 * z * I1);
}
