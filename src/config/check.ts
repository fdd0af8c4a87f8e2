import type { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import { explainIssue } from './explain-issue.ts';
import { problemsOf, type Problem } from './problems.ts';

/**
 * What a schema makes of a value.
 * @param where says where in the user's input a problem stands
 * @throws InputError with the first problem and the number of the others
 */
export async function check<T>(
  schema: z.ZodType<T>,
  value: unknown,
  where: (problem: Problem) => string,
): Promise<T> {
  const parsed = await schema.safeParseAsync(value, { error: explainIssue });
  if (parsed.success) return parsed.data;
  // A mistyped key is said before the right one being missing.
  const problems = problemsOf(parsed.error.issues).sort((a, b) => Number(b.atKey) - Number(a.atKey));
  const [first, ...others] = problems;
  const key = keyText(first.path);
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  throw new InputError(`${where(first)}: ${key === '' ? '' : `${key}: `}${first.message}${more}`);
}

/** `data.noise.sigma[2]` */
function keyText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}
