import { invertSymmetric } from './invert-symmetric.ts';

/** A bi-exponential tissue: D and Dp in mm²/s, f a fraction, S0 the signal at b=0. */
export interface Tissue {
  readonly S0: number;
  readonly D: number;
  readonly f: number;
  readonly Dp: number;
}

/** Lower bounds on the standard deviations of unbiased estimates. S0 is 0 if it is known. */
export interface LeastDeviations {
  readonly S0: number;
  readonly D: number;
  readonly f: number;
  readonly Dp: number;
}

/**
 * Fisher information of S0 (f exp(-b Dp) + (1 - f) exp(-b D)) with Gaussian noise of standard deviation `sigma`
 * on every signal: J'J / sigma², J the derivatives by S0, D, f and Dp (Kay, Estimation Theory, 1993, section 3.9).
 *
 * @param bValues s/mm², with b=0 if it is measured; repeated measurements as repeated b-values
 * @param sigma in the unit of S0, above 0
 * @returns 4 x 4, row-major, in the order S0, D, f, Dp
 */
export function fisherInformation(bValues: Float64Array, tissue: Tissue, sigma: number): Float64Array {
  const { S0, D, f, Dp } = tissue;
  const information = new Float64Array(16);
  const slope = new Float64Array(4);
  for (const b of bValues) {
    const p = Math.exp(-b * Dp);
    const q = Math.exp(-b * D);
    slope[0] = f * p + (1 - f) * q;
    slope[1] = -b * S0 * (1 - f) * q;
    slope[2] = S0 * (p - q);
    slope[3] = -b * S0 * f * p;
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) information[4 * i + j] += (slope[i] * slope[j]) / (sigma * sigma);
    }
  }
  return information;
}

/**
 * The Cramér-Rao bound: no unbiased estimate of D, f and Dp has a smaller standard deviation under Gaussian noise.
 * Biased ones, such as Bayesian and bounded fits, can. All are Infinity if the b-values or the tissue (f = 0 or 1, D = Dp) leave a
 * parameter undetermined.
 *
 * @param bValues,sigma see `fisherInformation`
 * @param options.S0 `known`, or to be estimated with the rest (the default)
 */
export function cramerRao(
  bValues: Float64Array,
  tissue: Tissue,
  sigma: number,
  options: { readonly S0?: 'known' | 'unknown' } = {},
): LeastDeviations {
  const information = fisherInformation(bValues, tissue, sigma);
  if (options.S0 === 'known') {
    // A known parameter does not add to the uncertainty of the others.
    for (let j = 1; j < 4; j++) information[j] = information[4 * j] = 0;
    information[0] = Infinity;
  }
  const variances = invertSymmetric(information, 4);
  const deviation = (j: number) => (variances ? Math.sqrt(variances[5 * j]) : Infinity);
  return { S0: deviation(0), D: deviation(1), f: deviation(2), Dp: deviation(3) };
}
