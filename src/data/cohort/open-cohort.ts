import { InputError } from '../../contracts/input-error.ts';
import { absent } from './absent.ts';
import { checkSession } from './check-session.ts';
import type { Cohort, CohortSession, SessionFiles } from './cohort.ts';
import { findBids } from './find-bids.ts';
import { findFiles } from './find-files.ts';
import { saidOf } from './said-of.ts';
import { enforce, listed, noting } from './shortcoming.ts';
import type { CohortSource } from './source.ts';

/**
 * Determines what a data set contains and lacks from names, headers and tables alone; reads no voxels.
 *
 * Call `openCohort` once, then `readSession(cohort, session)` for each of `cohort.sessions`, in any process: opening is fast
 * and returns the same result everywhere. `cohort.missing` lists what is missing, as statements for a report; under `missing:
 * refuse` they are thrown instead. `readSession` may add faults that only the voxels show (a listed region without voxels,
 * NaN).
 *
 * @throws InputError if nothing can be analysed, or anything is missing under `missing: refuse`
 */
export async function openCohort(source: CohortSource): Promise<Cohort> {
  const { from, missing: policy, gridTolerance, expect = {} } = source;
  const found = 'bids' in from ? await findBids(from.bids) : await findFiles(from.files);
  const missing = [...found.missing];
  const sessions: CohortSession[] = [];
  for (const files of found.sessions) {
    const session = await noting(missing, files, 'session', {}, () =>
      checkSession(files, gridTolerance, missing),
    );
    if (session) sessions.push(session);
  }
  const regionsFound = unique(found.sessions.flatMap(regionsOf));
  const readersFound = unique(found.sessions.flatMap((s) => s.drawings.map((d) => d.reader))).sort();
  const readers = expect.readers ?? readersFound;
  const sessionNames = unique([...found.sessions, ...found.missing].map(({ session }) => session)).sort();
  const names = sessionNames.filter((name) => name !== '' || sessionNames.length === 1);
  const regions = expect.regions ?? regionsFound;
  const ignored = [
    ...leftOut('readers', readersFound, readers),
    ...leftOut('regions', regionsFound, regions),
  ];
  const expected = { subjects: found.subjects, sessionNames: names, readers, regions };
  missing.push(...absent(sessions, expected, missing));
  enforce(policy, missing);
  const drawn = sessions
    .map((session) => ({ ...session, drawings: session.drawings.filter((d) => readers.includes(d.reader)) }))
    .filter(({ drawings }) => drawings.length > 0);
  if (drawn.length === 0) {
    throw new InputError([...listed(missing), 'no session of the data set can be analysed']);
  }
  const notes = [
    ...found.notes,
    ...ignored,
    ...saidOf(
      sessions.flatMap(({ name, notes }) => notes.map((text) => ({ name, text }))),
      sessions.length,
    ),
  ];
  return { sessions: drawn, ...expected, missing, notes, policy, gridTolerance };
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];

function leftOut(what: string, found: readonly string[], expected: readonly string[]): string[] {
  const others = found.filter((name) => !expected.includes(name));
  return others.length > 0
    ? [`${what} that the config does not expect are left out: ${others.join(', ')}`]
    : [];
}

function regionsOf({ drawings }: SessionFiles): string[] {
  return drawings.flatMap(({ maps }) =>
    maps.flatMap(({ regions }) => (typeof regions === 'string' ? [regions] : [...regions.values()])),
  );
}
