import type { Study } from '../contracts/study.ts';
import { requireKeepable } from '../gate/keep-values.ts';
import type { Reference } from '../gate/reference.ts';
import { requireComparablePlan, type Compared } from '../gate/require-comparable.ts';
import { configRecord } from '../runner/config-record.ts';
import { namesOfFitters } from './fitters-left-out.ts';

export interface PlanOptions extends Compared {
  /** Accept values instead of judging them. */
  readonly update: boolean;
  /** Whether only some fitters were selected, and the others. */
  readonly partial: boolean;
  readonly leftOut: readonly string[];
}

/**
 * Rejects a study before its run if its values will not be comparable with the accepted ones.
 * @throws InputError with the reason
 */
export function requirePlan(
  study: Study,
  known: Reference,
  { update, partial, leftOut, ...compared }: PlanOptions,
): void {
  const config = configRecord(study);
  if (update) return requireKeepable(known, config, leftOut);
  const only = namesOfFitters(study).filter((name) => !leftOut.includes(name));
  const plan = { experiment: study.experiment, config, ...(partial ? { only } : {}) };
  requireComparablePlan(plan, known, compared);
}
