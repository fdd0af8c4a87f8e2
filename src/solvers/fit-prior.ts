import type { Parameters } from '../contracts/voxels.ts';
import { fitBeta } from './beta.ts';
import { fitLognormal } from './lognormal.ts';
import type { PriorDensities } from './prior-densities.ts';

/** Estimates this near to 0 or 1 tell of the bounds rather than of the tissue (Barbieri 2020's code). */
const margin = 1e-8;

export interface FittedPrior {
  readonly prior: PriorDensities;
  /** Voxels the densities were fitted to, and of how many. */
  readonly used: number;
  readonly of: number;
}

/**
 * The study's empirical prior: lognormal densities of Dp and D and a beta density of f, by maximum likelihood over
 * the voxels whose three estimates all lie strictly inside 1e-8..1 - 1e-8. The beta density is kept bounded
 * (a, b >= 1), without which the posterior would have no maximum.
 *
 * @throws RangeError where the voxels are too few or too alike to have a spread
 */
export function fitPrior({ n, Dp, D, f }: Parameters): FittedPrior {
  const inside = (value: number) => value > margin && value < 1 - margin;
  const chosen = Uint32Array.from({ length: n }, (_, i) => i).filter(
    (i) => inside(Dp[i]) && inside(D[i]) && inside(f[i]),
  );
  const column = (values: Float64Array) => Float64Array.from(chosen, (i) => values[i]);
  if (chosen.length < 3) throw new RangeError(`only ${chosen.length} of ${n} voxels lie inside their bounds`);
  const prior = { Dp: fitLognormal(column(Dp)), D: fitLognormal(column(D)), f: fitBeta(column(f), 1) };
  if (!(prior.Dp.sigma > 1e-6 && prior.D.sigma > 1e-6)) throw new RangeError(`the voxels are all alike`);
  return { prior, used: chosen.length, of: n };
}
