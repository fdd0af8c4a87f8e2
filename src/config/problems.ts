import type { z } from 'zod';

/** A problem with a value, and its place: keys and indices from the root. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The problem is with the key itself, not its value. */
  readonly atKey: boolean;
}

/** Lists the problems zod found, including those inside a union if only one alternative can be meant. */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  root: readonly PropertyKey[] = [],
): Problem[] {
  return issues.flatMap((issue) => {
    const path = [...root, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      const messages = issue.message.split('\n');
      return issue.keys.map((key, i) => ({ path: [...path, key], message: messages[i], atKey: true }));
    }
    if (issue.code === 'invalid_union') {
      const meant = meantAlternative(issue.errors);
      if (meant) return problemsOf(meant, path);
    }
    return [{ path, message: issue.message, atKey: false }];
  });
}

/** Returns the alternative that fails least at its root, if there is exactly one and its kind is right. */
function meantAlternative(
  alternatives: readonly z.core.$ZodIssue[][],
): readonly z.core.$ZodIssue[] | undefined {
  const misfits = alternatives.map((issues) => Math.max(0, ...issues.map(misfit)));
  const best = Math.min(...misfits);
  if (best > 1 || misfits.filter((value) => value === best).length > 1) return undefined;
  return alternatives[misfits.indexOf(best)];
}

/** 2: a different kind of value; 1: the right kind with unknown keys; 0: wrong only further inside, or in size. */
function misfit(issue: z.core.$ZodIssue): number {
  if (issue.path.length > 0) return 0;
  if (issue.code === 'unrecognized_keys') return 1;
  return issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union'
    ? 2
    : 0;
}
