import type { CohortSession, Drawing, Shortcoming } from './cohort.ts';
import { shortcoming } from './shortcoming.ts';

/** What every session of a data set is expected to have. */
export interface Expected {
  readonly subjects: readonly string[];
  readonly sessionNames: readonly string[];
  readonly readers: readonly string[];
  readonly regions: readonly string[];
}

/** Lists sessions, readers and regions that some sessions have and others lack, unless `known` already reports them. */
export function absent(
  sessions: readonly CohortSession[],
  { subjects, sessionNames, readers, regions }: Expected,
  known: readonly Shortcoming[],
): Shortcoming[] {
  const found: Shortcoming[] = [];
  const has = new Set([...sessions, ...known].map(({ subject, session }) => `${subject}/${session}`));
  for (const subject of subjects) {
    for (const session of sessionNames) {
      if (has.has(`${subject}/${session}`) || has.has(`${subject}/`)) continue;
      const place = { subject, session, name: `${subject} ${session}` };
      found.push(shortcoming(place, 'session', 'there is no such session, but other subjects have it'));
    }
  }
  for (const session of sessions) {
    if (readers.length === 0) found.push(shortcoming(session, 'session', 'nobody drew regions in it'));
    for (const reader of readers) {
      const said = known.some(
        (each) =>
          each.subject === session.subject && each.session === session.session && each.reader === reader,
      );
      const drawing = session.drawings.find((each) => each.reader === reader);
      if (drawing) found.push(...regionsNotListed(session, drawing, regions, said));
      else if (!said)
        found.push(shortcoming(session, 'drawing', 'there are no regions by this reader', { reader }));
    }
  }
  return found;
}

function regionsNotListed(
  session: CohortSession,
  { reader, maps }: Drawing,
  regions: readonly string[],
  said: boolean,
): Shortcoming[] {
  if (said) return [];
  const listed = new Set(
    maps.flatMap((map) => (typeof map.regions === 'string' ? [map.regions] : [...map.regions.values()])),
  );
  return regions
    .filter((region) => !listed.has(region))
    .map((region) => shortcoming(session, 'region', `${region} is not drawn`, { reader, region }));
}
