import { IDEAL } from '../../contracts/metric.ts';
import { byName } from './series.ts';

/** Whether a session repeats another one with ideal readers. */
export const isIdeal = (session: string): boolean => session.endsWith(IDEAL);

/**
 * Formats a session named after its field: `ses-15T` is 1.5 T, `ses-3T` is 3 T, `ses-3Tideal` is 3 T, ideal; others without
 * the `ses-`.
 */
export function sessionText(session: string): string {
  const tesla = fieldOf(session);
  if (Number.isNaN(tesla)) return session.replace(/^ses-/, '');
  return isIdeal(session) ? `${tesla} T, ideal` : `${tesla} T`;
}

/** Weaker fields first, then by name. */
export function bySession(a: string, b: string): number {
  const [first, second] = [fieldOf(a), fieldOf(b)];
  if (first !== second && !Number.isNaN(first) && !Number.isNaN(second)) return first - second;
  return byName(a, b);
}

/** BIDS allows no point in a name, so 15T is 1.5 T; there is no whole-body scanner of 15 T. */
function fieldOf(session: string): number {
  const match = /^(?:ses-)?(\d{1,3})T$/.exec(isIdeal(session) ? session.slice(0, -IDEAL.length) : session);
  if (!match) return NaN;
  return match[1].length > 1 ? Number(match[1]) / 10 : Number(match[1]);
}
