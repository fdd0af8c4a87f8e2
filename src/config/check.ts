import type { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import { counted } from '../wording/counted.ts';
import { explainIssue } from './explain-issue.ts';
import { problemsOf, type Problem } from './problems.ts';

/** A file of another kind can have tens of thousands. */
const MOST_FAULTS = 200;

/** The output of a schema for a value, or its problems, one per line. */
export type Examined<T> =
  | { readonly data: T; readonly faults?: undefined }
  | { readonly faults: readonly string[] };

/**
 * @param where returns the place of a problem in the user's input
 * @param keysBeside keys that are allowed at the root besides those of the schema
 */
export async function examine<T>(
  schema: z.ZodType<T>,
  value: unknown,
  where: (problem: Problem) => string,
  keysBeside: readonly string[] = [],
): Promise<Examined<T>> {
  // While zod parses, paths of issues are those inside of a part: the root is known by its value.
  const error = (issue: z.core.$ZodRawIssue) => explainIssue(issue, issue.input === value ? keysBeside : []);
  const parsed = await schema.safeParseAsync(value, { error });
  if (parsed.success) return { data: parsed.data };
  // A mistyped key is reported before the missing key it was probably meant to be.
  const problems = problemsOf(parsed.error.issues).sort((a, b) => Number(b.atKey) - Number(a.atKey));
  const faults = new Map<string, string>();
  for (const problem of problems.slice(0, MOST_FAULTS)) {
    const key = keyText(problem.path);
    const place = `${where(problem)}: ${key === '' ? '' : `${key}: `}`;
    // Only the first problem of each value.
    const about = problem.message.startsWith('found ') ? place : place + problem.message;
    if (!faults.has(about)) faults.set(about, place + problem.message);
  }
  const more = problems.length - MOST_FAULTS;
  return { faults: [...faults.values(), ...(more > 0 ? [`and ${counted(more, 'more fault')}`] : [])] };
}

/**
 * Validates a value.
 * @param where returns the place of a problem in the user's input
 * @throws InputError with all problems
 */
export async function check<T>(
  schema: z.ZodType<T>,
  value: unknown,
  where: (problem: Problem) => string,
): Promise<T> {
  const examined = await examine(schema, value, where);
  if (examined.faults) throw new InputError(examined.faults);
  return examined.data;
}

/** `data.noise.sigma[2]` */
function keyText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}
