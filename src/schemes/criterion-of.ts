import type { DesignProblem } from './design-problem.ts';
import { SchemeCriterion } from './scheme-criterion.ts';

/** The criterion of a problem for any scheme, made of its candidates or not, where the noise is as large as S0. */
export function criterionOf(problem: DesignProblem, bValues: readonly number[]): number {
  const candidates = Float64Array.from(new Set(bValues));
  const counts = candidates.map((b) => bValues.filter((other) => other === b).length);
  return new SchemeCriterion({ ...problem, candidates }).of(counts);
}
