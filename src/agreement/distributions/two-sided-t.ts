import { fQuantile } from './f-distribution.ts';

/**
 * The t for which -t..t holds the probability `confidence` of Student's distribution with `df` degrees of
 * freedom: the square of such a variable has the F distribution with 1 and `df`.
 */
export function twoSidedT(confidence: number, df: number): number {
  return Math.sqrt(fQuantile(confidence, 1, df));
}
