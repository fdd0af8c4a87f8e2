/** From here on the asymptotic series is exact to rounding: its terms shrink until exp(-2 z). */
const FAR = 20;

/**
 * The modified Bessel functions I0 and I1 as a Rician likelihood needs them, finite for any z >= 0: the logarithm of
 * exp(-z) I0(z), and 1 - I1(z) / I0(z) without the cancellation of that difference. Below 20 by the power series
 * (Abramowitz and Stegun 9.6.10), whose terms are all positive, beyond by the asymptotic one (9.7.1). Relative error
 * below 1e-13.
 */
export class BesselI {
  /** log(exp(-z) I0(z)). */
  logScaled = 0;
  /** 1 - I1(z) / I0(z). */
  shortfall = 1;

  at(z: number): void {
    if (z < FAR) this.#near(z);
    else this.#far(z);
  }

  #near(z: number): void {
    const q = 0.25 * z * z;
    let term = 1;
    let I0 = 1;
    // I1 = z / 2 times the sum of q^k / (k! (k + 1)!).
    let I1 = 1;
    for (let k = 1; term > 1e-17 * I0; k++) {
      term *= q / (k * k);
      I0 += term;
      I1 += term / (k + 1);
    }
    this.logScaled = Math.log(I0) - z;
    this.shortfall = 1 - (0.5 * z * I1) / I0;
  }

  #far(z: number): void {
    const per = 1 / (8 * z);
    // Terms of sqrt(2 pi z) exp(-z) I_n: the k-th is the one before times ((2k - 1)² - 4 n²) / (8 k z).
    let zero = 1;
    let one = 1;
    let I0 = 1;
    // Of I0 - I1, whose first terms, both 1, cancel.
    let difference = 0;
    for (let k = 1; k < 40; k++) {
      const square = (2 * k - 1) * (2 * k - 1);
      zero *= (square * per) / k;
      one *= ((square - 4) * per) / k;
      I0 += zero;
      difference += zero - one;
      if (zero < 1e-17) break;
    }
    this.logScaled = Math.log(I0) - 0.5 * Math.log(2 * Math.PI * z);
    this.shortfall = difference / I0;
  }
}

/** From here on `scaledI0` is `farSeries` over the root of z. */
export const FAR_FROM = 3.75;

/**
 * exp(-z) I0(z), I0 the modified Bessel function of order 0, for z >= 0: Abramowitz and Stegun's polynomials 9.8.1 and
 * 9.8.2, relative error below 5e-7. `BesselI` is exact, and ten times slower.
 */
export function scaledI0(z: number): number {
  if (z >= FAR_FROM) return farSeries(z) / Math.sqrt(z);
  const t = (z / FAR_FROM) * (z / FAR_FROM);
  const I0 =
    1 +
    t * (3.5156229 + t * (3.0899424 + t * (1.2067492 + t * (0.2659732 + t * (0.0360768 + t * 0.0045813)))));
  return I0 * Math.exp(-z);
}

/** sqrt(z) exp(-z) I0(z) for z >= 3.75. */
export function farSeries(z: number): number {
  const t = FAR_FROM / z;
  return (
    0.39894228 +
    t *
      (0.01328592 +
        t *
          (0.00225319 +
            t *
              (-0.00157565 +
                t *
                  (0.00916281 + t * (-0.02057706 + t * (0.02635537 + t * (-0.01647633 + t * 0.00392377)))))))
  );
}
