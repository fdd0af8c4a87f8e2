import type { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import { explainIssue } from './explain-issue.ts';
import { problemsOf, type Problem } from './problems.ts';

/** What a schema makes of a value, or what is wrong with it, a line each. */
export type Examined<T> =
  { readonly data: T; readonly faults?: undefined } | { readonly faults: readonly string[] };

/** @param where says where in the user's input a problem stands */
export async function examine<T>(
  schema: z.ZodType<T>,
  value: unknown,
  where: (problem: Problem) => string,
): Promise<Examined<T>> {
  const parsed = await schema.safeParseAsync(value, { error: explainIssue });
  if (parsed.success) return { data: parsed.data };
  // A mistyped key is said before the right one being missing.
  const problems = problemsOf(parsed.error.issues).sort((a, b) => Number(b.atKey) - Number(a.atKey));
  const faults = new Map<string, string>();
  for (const problem of problems) {
    const key = keyText(problem.path);
    const place = `${where(problem)}: ${key === '' ? '' : `${key}: `}`;
    // Of one value, the first that is wrong with it.
    const about = problem.message.startsWith('found ') ? place : place + problem.message;
    if (!faults.has(about)) faults.set(about, place + problem.message);
  }
  return { faults: [...faults.values()] };
}

/**
 * What a schema makes of a value.
 * @param where says where in the user's input a problem stands
 * @throws InputError with everything that is wrong
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
