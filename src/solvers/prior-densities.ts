import type { Beta } from './beta.ts';
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
    const share = floor * Math.exp(-L);
    const weight = 1 / (1 + share);
    this.share = share;
    // log(1 + share) to 1e-15, without a logarithm where the floor hardly shows.
    this.value = share < 1e-5 ? share * (0.5 * share - 1) - L : -Math.log(Math.exp(L) + floor);
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

/** Beta density of a fraction, its derivatives over the logit. */
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

  /** @param rest 1 - f, asked for because it keeps its digits where f is near 1 */
  at(f: number, rest: number): void {
    this.set(
      this.#norm + this.#a * Math.log(f) + this.#b * Math.log(rest),
      this.#a * rest - this.#b * f,
      -(this.#a + this.#b) * f * rest,
    );
  }
}
