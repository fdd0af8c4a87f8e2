import { counted } from '../../wording/counted.ts';

/** Something said of a session. */
export interface Said {
  /** Name of the session. */
  readonly name: string;
  readonly text: string;
}

/** Maximum number of sessions named together. */
const NAMED = 5;

/**
 * Returns what is said, each text once, with the sessions it is said of: `sub-01, sub-02: …`, or `all 12 sessions: …`.
 * @param sessions number of sessions of the data set
 */
export function saidOf(said: readonly Said[], sessions: number): string[] {
  const names = new Map<string, string[]>();
  for (const { name, text } of said) names.set(text, [...(names.get(text) ?? []), name]);
  return [...names].map(([text, of]) => {
    if (of.length === sessions && sessions > 1) return `all ${counted(sessions, 'session')}: ${text}`;
    const more = of.length > NAMED ? ` and ${of.length - NAMED} more` : '';
    return `${of.slice(0, NAMED).join(', ')}${more}: ${text}`;
  });
}
