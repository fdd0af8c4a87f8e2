import { oddBValues, oddRate } from '../signal/b-values.ts';
import { Distribution, support } from './sections/distribution.ts';

/**
 * What is odd about the b-values and the tissue of a study, wherever its config has them: scales that are possible but
 * unlikely. Impossible ones are refused when the config is read.
 * @param config complete, as `loadConfig` returns it
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

/** An experiment of the user's may call something else `tissue`: what is no distribution is left alone. */
function oddTissue(tissue: unknown): string[] {
  const drawn = (tissue ?? {}) as Readonly<Partial<Record<'D' | 'Dp', unknown>>>;
  return (['D', 'Dp'] as const).flatMap((name) => {
    const { success, data } = Distribution.safeParse(drawn[name]);
    return success ? oddRate(name, support(data)[1]) : [];
  });
}
