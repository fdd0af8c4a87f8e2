import type { TissuePrior } from '../contracts/fitter.ts';
import type { Parameters } from '../contracts/voxels.ts';
import { draw } from '../random/distribution.ts';
import { Mt19937 } from '../random/mt19937.ts';

/** Tissues drawn from a prior, all Dp before all D before all f, as phantoms draw them. */
export function sampleTissues(prior: TissuePrior, n: number, seed: number): Parameters {
  const random = new Mt19937(seed);
  const column = (name: keyof TissuePrior, high = Infinity) =>
    Float64Array.from({ length: n }, () => draw(prior[name], random, 0, high));
  const Dp = column('Dp');
  const D = column('D');
  const f = column('f', 1);
  return { n, D, f, Dp };
}
