/** Where the series in z gives way to that in 1/z. */
const NEAR = 3.75;

/**
 * exp(-z) I0(z), I0 the modified Bessel function of order 0, for z >= 0: Abramowitz and Stegun's polynomials 9.8.1 and
 * 9.8.2, relative error below 5e-7. `BesselI` is exact, and ten times slower.
 */
export function scaledI0(z: number): number {
  if (z < NEAR) {
    const t = (z / NEAR) * (z / NEAR);
    const I0 =
      1 +
      t * (3.5156229 + t * (3.0899424 + t * (1.2067492 + t * (0.2659732 + t * (0.0360768 + t * 0.0045813)))));
    return I0 * Math.exp(-z);
  }
  const t = NEAR / z;
  const series =
    0.39894228 +
    t *
      (0.01328592 +
        t *
          (0.00225319 +
            t *
              (-0.00157565 +
                t *
                  (0.00916281 + t * (-0.02057706 + t * (0.02635537 + t * (-0.01647633 + t * 0.00392377)))))));
  return series / Math.sqrt(z);
}
