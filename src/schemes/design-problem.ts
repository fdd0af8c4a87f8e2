import type { ParameterName, Parameters } from '../contracts/voxels.ts';

/** What a b-value scheme is to be good for. */
export interface DesignProblem {
  /** b-values that may be measured, in s/mm²: ascending, each once. */
  readonly candidates: Float64Array;
  /** How often one of them may be measured. */
  readonly repeats: number;
  /** A sample of the tissue that is expected; every one counts alike. */
  readonly tissues: Parameters;
  /** The parameters that are estimated, S0 beside them; the others count as known. */
  readonly estimates: readonly ParameterName[];
  /**
   * What is averaged over the tissues: the sum over `estimates` of relative variances, or of relative standard deviations, both by
   * the Cramér-Rao bound.
   */
  readonly criterion: Criterion;
}

export const CRITERIA = ['variance', 'deviation'] as const;
export type Criterion = (typeof CRITERIA)[number];
