import { InputError } from '../../contracts/input-error.ts';
import type { Shortcoming } from './cohort.ts';
import type { MissingPolicy } from './source.ts';

/** The part of a data set that a statement is about. */
export interface Place {
  readonly subject: string;
  readonly session: string;
  readonly name: string;
}

export type Details = Partial<Pick<Shortcoming, 'reader' | 'region' | 'file'>>;

/** Creates a statement about a part of a data set: `sub-01 ses-3T reader2: …`. */
export function shortcoming(
  { subject, session, name }: Place,
  leavesOut: Shortcoming['leavesOut'],
  what: string,
  details: Details = {},
): Shortcoming {
  const who = [name, details.reader].filter((part) => part !== undefined).join(' ');
  return { subject, session, ...details, leavesOut, text: `${who}: ${what}` };
}

/** Returns the result of `work`; if it throws an `InputError`, returns undefined and adds a statement to `missing`. */
export async function noting<T>(
  missing: Shortcoming[],
  place: Place,
  leavesOut: Shortcoming['leavesOut'],
  details: Details,
  work: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    missing.push(shortcoming(place, leavesOut, error.message, details));
    return undefined;
  }
}

/** @throws InputError with the statements, if there are any and the policy is to refuse */
export function enforce(policy: MissingPolicy, missing: readonly Shortcoming[]): void {
  if (policy === 'report' || missing.length === 0) return;
  const lines = listed(missing);
  const last = `${lines.at(-1)}; \`missing: report\` analyses the rest and lists what is missing`;
  throw new InputError([...lines.slice(0, -1), last]);
}

/** Maximum number of statements to show; in a data set that lacks much, they are all alike. */
const LISTED = 20;

/** Returns a line per statement, and a last line with the number of those omitted. */
export function listed(missing: readonly Shortcoming[]): string[] {
  const more = missing.length - LISTED;
  return [...missing.slice(0, LISTED).map(({ text }) => text), ...(more > 0 ? [`and ${more} more`] : [])];
}
