import type { Beta } from './beta.ts';
import { expOfMinus } from './exponential.ts';
import { logGamma } from './log-gamma.ts';
import type { Lognormal } from './lognormal.ts';

/** The study's prior: lognormal densities of the rates (location 0, mm²/s) and a beta density of the fraction. */
export interface PriorDensities {
  readonly Dp: Lognormal;
  readonly D: Lognormal;
  readonly f: Beta;
}

/** What the study adds to each density, so that its logarithm has a floor. */
const floor = 1e-8;
const depth = -Math.log(floor);
/** Floor over density below which a table's exponential and two terms of a logarithm's series are exact enough. */
const slight = 1e-5;
const deep = -Math.log(slight);

/**
 * -log(density + 1e-8) of one parameter and its first two derivatives, over the coordinate that makes the
 * logarithm of the density a polynomial or nearly so: log of a rate, logit of the fraction. The density is that of
 * the parameter, not of the coordinate.
 */
export class PriorTerm {
  value = 0;
  slope = 0;
  curvature = 0;
  /** Floor over density: what is lost of the prior's pull where it is not small beside 1. */
  share = 0;

  /** @param L logarithm of the density, with its first two derivatives over the coordinate */
  protected set(L: number, slope: number, curvature: number): void {
    const height = L + depth;
    if (height > deep) {
      // To 1e-15: log(1 + share) is share - share²/2, and 1 / (1 + share) is 1 - share + share².
      const share = expOfMinus(height);
      const lost = share * (1 - share);
      this.share = share;
      this.value = share * (0.5 * share - 1) - L;
      this.slope = (lost - 1) * slope;
      this.curvature = (lost - 1) * (curvature + lost * slope * slope);
      return;
    }
    const share = Math.exp(-height);
    const weight = 1 / (1 + share);
    this.share = share;
    this.value = -Math.log(Math.exp(L) + floor);
    this.slope = -weight * slope;
    this.curvature = -weight * (curvature + (1 - weight) * slope * slope);
  }
}

/** Lognormal density of a rate, at the rate's logarithm. */
export class LognormalTerm extends PriorTerm {
  readonly #mean: number;
  readonly #precision: number;
  readonly #norm: number;

  constructor({ median, sigma }: Lognormal) {
    super();
    this.#mean = Math.log(median);
    this.#precision = 1 / (sigma * sigma);
    this.#norm = -Math.log(sigma * Math.sqrt(2 * Math.PI));
  }

  at(logRate: number): void {
    const away = logRate - this.#mean;
    const pull = away * this.#precision;
    this.set(this.#norm - logRate - 0.5 * away * pull, -1 - pull, -this.#precision);
  }
}

/** Beta density of a fraction f at z = logit f. */
export class BetaTerm extends PriorTerm {
  readonly #a: number;
  readonly #b: number;
  readonly #norm: number;

  constructor({ a, b }: Beta) {
    super();
    this.#a = a - 1;
    this.#b = b - 1;
    this.#norm = logGamma(a + b) - logGamma(a) - logGamma(b);
  }

  /**
   * @param f the fraction at z
   * @param rest 1 - f, asked for because it keeps its digits where f is near 1
   */
  at(z: number, f: number, rest: number): void {
    const a = this.#a;
    const b = this.#b;
    // log f = log(1 - f) + z; the logarithm is that of the larger of both, which is never large.
    const L = z > 0 ? (a + b) * Math.log(f) - b * z : (a + b) * Math.log(rest) + a * z;
    this.set(this.#norm + L, a * rest - b * f, -(a + b) * f * rest);
  }
}
