import { fisherInformation, type Tissue } from './cramer-rao.ts';
import { biexponential } from './biexponential.ts';
import { invertSymmetric } from './invert-symmetric.ts';

/** As wide as what tissue may be; it only matters where the signals leave a parameter undetermined. */
const WIDEST = { D: 3e-3, f: 1, Dp: 0.2 };

/**
 * Standard deviation of the decay that was fitted to one voxel, by linear propagation of errors: the square root of
 * g' (J'J / sigma² + P)⁻¹ g, with g the derivatives of the signal by S0, D, f and Dp at `at`, J those at the measured b-values
 * (Kay, Estimation Theory, 1993, section 3.8), and P the precision of a prior as wide as what tissue may be, so that there is
 * a result where f is 0 or D equals Dp.
 *
 * @param bValues measured, in s/mm²; repeated measurements as repeated b-values
 * @param tissue the estimate
 * @param sigma noise of one measurement in the unit of S0, above 0
 * @param at b-values in s/mm²
 * @returns a standard deviation per `at`, in the unit of S0
 */
export function decayDeviations(
  bValues: Float64Array,
  tissue: Tissue,
  sigma: number,
  at: Float64Array,
): Float64Array {
  const information = fisherInformation(bValues, tissue, sigma);
  [tissue.S0, WIDEST.D, WIDEST.f, WIDEST.Dp].forEach((width, i) => (information[5 * i] += width ** -2));
  const covariance = invertSymmetric(information, 4);
  if (!covariance) return new Float64Array(at.length).fill(NaN);
  const { S0, D, f, Dp } = tissue;
  return at.map((b) => {
    const p = Math.exp(-b * Dp);
    const q = Math.exp(-b * D);
    const slope = [biexponential(b, D, f, Dp), -b * S0 * (1 - f) * q, S0 * (p - q), -b * S0 * f * p];
    let variance = 0;
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) variance += slope[i] * covariance[4 * i + j] * slope[j];
    }
    return Math.sqrt(Math.max(0, variance));
  });
}
