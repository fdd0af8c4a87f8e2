import { oddBValues, oddRate } from '../signal/b-values.ts';
import { Distribution, support } from './sections/distribution.ts';

/**
 * Returns notes on unlikely scales of the b-values and the tissue of a study, wherever they occur in its config. Impossible
 * ones are rejected when the config is read.
 * @param config complete, as returned by `loadConfig`
 */
export function studyNotes(config: unknown): string[] {
  const notes = new Set<string>();
  visit(config, '', (where, text) => notes.add(`${where}: ${text}`));
  return [...notes];
}

function visit(value: unknown, path: string, note: (where: string, text: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const where = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    if (key === 'bValues' && Array.isArray(member) && member.every((b) => typeof b === 'number')) {
      for (const text of oddBValues(member)) note(where, text);
    } else if (key === 'tissue') {
      for (const text of oddTissue(member)) note(where, text);
    } else {
      visit(member, where, note);
    }
  }
}

/** A user's experiment may use the key `tissue` for something else: anything that is not a distribution is skipped. */
function oddTissue(tissue: unknown): string[] {
  const drawn = (tissue ?? {}) as Readonly<Partial<Record<'D' | 'Dp', unknown>>>;
  const [D, Dp] = (['D', 'Dp'] as const).map((name) => {
    const { success, data } = Distribution.safeParse(drawn[name]);
    return success ? support(data) : undefined;
  });
  const notes = [...(D ? oddRate('D', D[1]) : []), ...(Dp ? oddRate('Dp', Dp[1]) : [])];
  if (D && Dp && D[0] > Dp[1])
    notes.push(`D is above Dp everywhere (${D[0]} > ${Dp[1]} mm²/s): are they swapped?`);
  return notes;
}
