import { InputError } from '../../contracts/input-error.ts';
import type { Shortcoming } from './cohort.ts';
import type { MissingPolicy } from './source.ts';

/** Which part of a data set a statement is about. */
export interface Place {
  readonly subject: string;
  readonly session: string;
  readonly name: string;
}

export type Details = Partial<Pick<Shortcoming, 'reader' | 'region' | 'file'>>;

/** A statement about a part of a data set: `sub-01 ses-3T reader2: …`. */
export function shortcoming(
  { subject, session, name }: Place,
  leavesOut: Shortcoming['leavesOut'],
  what: string,
  details: Details = {},
): Shortcoming {
  const who = [name, details.reader].filter((part) => part !== undefined).join(' ');
  return { subject, session, ...details, leavesOut, text: `${who}: ${what}` };
}

/** What `work` gives; where it finds wrong input, undefined, and a statement about it in `missing`. */
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

/** @throws InputError with the statements, where there are any and the policy is to refuse */
export function enforce(policy: MissingPolicy, missing: readonly Shortcoming[]): void {
  if (policy === 'report' || missing.length === 0) return;
  const lines = listed(missing);
  const last = `${lines.at(-1)}; \`missing: report\` analyses the rest and lists what is missing`;
  throw new InputError([...lines.slice(0, -1), last]);
}

/** Statements that fit on a screen; of a data set that lacks much, all lack the same. */
const LISTED = 20;

/** A line for each statement, the last one counting those that are too many. */
export function listed(missing: readonly Shortcoming[]): string[] {
  const more = missing.length - LISTED;
  return [...missing.slice(0, LISTED).map(({ text }) => text), ...(more > 0 ? [`and ${more} more`] : [])];
}
