import { cramerRao } from './cramer-rao.ts';

/** The Cramér-Rao bounds of one parameter over many voxels. */
export interface BoundOverVoxels {
  /** Root mean square of the bounds, a lower limit of the RMSE of estimates that are unbiased in every voxel. */
  readonly rootMeanSquare: number;
  /** Median of the bounds on the standard deviation. */
  readonly median: number;
}

const NAMES = ['D', 'f', 'Dp'] as const;
type Name = (typeof NAMES)[number];

/**
 * The Cramér-Rao bound of D, f and Dp over voxels that share their noise.
 *
 * S0 is unknown and b=0 is one of the measurements. The bound also holds for signals that are divided by their voxel's noisy b=0:
 * to first order in the noise, the quotients have the covariance (I + g g') sigma²/S0², with g the decay at the other b-values.
 * By the formula of Sherman and Morrison, their information J' (I + g g')⁻¹ J equals that of all signals after elimination of
 * S0. Noise is Gaussian, as in the real channel of the scanner. A magnitude contains no more information than that channel, so
 * the bound holds under Rician noise as well.
 *
 * @param bValues s/mm², b=0 among them; repeated measurements as repeated b-values
 * @param truth D and Dp in mm²/s, f a fraction
 * @param sigma noise per quadrature channel over S0
 * @returns Infinity if a voxel (f = 0 or 1, D = Dp) leaves the parameter undetermined; the median, if half of them do
 */
export function boundOverVoxels(
  bValues: Float64Array,
  truth: Readonly<Record<Name, Float64Array>>,
  sigma: number,
): Record<Name, BoundOverVoxels> {
  const n = truth.D.length;
  const least = { D: new Float64Array(n), f: new Float64Array(n), Dp: new Float64Array(n) };
  for (let i = 0; i < n; i++) {
    const tissue = { S0: 1, D: truth.D[i], f: truth.f[i], Dp: truth.Dp[i] };
    const bound = cramerRao(bValues, tissue, sigma);
    for (const name of NAMES) least[name][i] = bound[name];
  }
  const summary = (name: Name): BoundOverVoxels => {
    const sorted = least[name].sort();
    const middle = (n - 1) / 2;
    return {
      rootMeanSquare: Math.sqrt(sorted.reduce((sum, sd) => sum + sd * sd, 0) / n),
      median: (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2,
    };
  };
  return { D: summary('D'), f: summary('f'), Dp: summary('Dp') };
}
