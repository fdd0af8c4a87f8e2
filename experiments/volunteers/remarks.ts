import type { StudyRemarks } from '../../src/contracts/experiment.ts';
import type { Cohort, Shortcoming } from '../../src/data/cohort/cohort.ts';
import { readSession, type SessionReading } from '../../src/data/cohort/read-session.ts';
import { saidOf } from '../../src/data/cohort/said-of.ts';
import { fitterOf } from '../../src/preparation/fitter-in-use.ts';
import { counted } from '../../src/wording/counted.ts';
import type { VolunteersConfig } from './config.ts';
import { cohortOnDisk, simulationSettings } from './data-set.ts';
import { useOfFitter } from './usable-fitters.ts';

/** Lists what a data set on disk lacks, and what was not read literally. Reads the voxels too: only they show a lost volume. */
export async function remarksOf(config: VolunteersConfig): Promise<StudyRemarks> {
  if (simulationSettings(config)) return { notes: [], leftOut: [] };
  const cohort = await cohortOnDisk(config);
  const read = await readAll(cohort);
  const missing = [...cohort.missing, ...read.missing];
  const all = new Set(
    [...cohort.sessions, ...missing.filter(({ leavesOut }) => leavesOut === 'session')].map(nameOf),
  );
  const lost = missing.filter(({ leavesOut }) => leavesOut === 'session');
  const others = missing.filter(({ leavesOut }) => leavesOut === 'drawing' || leavesOut === 'region');
  const unused = missing.filter(({ leavesOut }) => leavesOut === 'voxels');
  const sessions = new Set(lost.map(nameOf)).size;
  const fitters = await remarksOnFitters(config, cohort);
  return {
    notes: [...cohort.notes, ...read.notes, ...fitters.notes],
    leftOut: [
      ...(sessions > 0 ? [`${sessions} of ${counted(all.size, 'session')} left out: ${texts(lost)}`] : []),
      ...(others.length > 0
        ? [`${counted(others.length, 'drawing or region', 'drawings or regions')} left out: ${texts(others)}`]
        : []),
      ...unused.map(({ text }) => text),
      ...fitters.leftOut,
    ],
  };
}

/** Returns what only the voxels of the sessions show, one session after the other. */
async function readAll(cohort: Cohort): Promise<Pick<SessionReading, 'missing' | 'notes'>> {
  const missing: Shortcoming[] = [];
  const notes: string[] = [];
  for (const session of cohort.sessions) {
    const reading = await readSession(cohort, session);
    missing.push(...reading.missing);
    notes.push(...reading.notes);
  }
  return { missing, notes };
}

/** Lists the sessions that some fitters can't be used for, and what is doubtful in the others. */
async function remarksOnFitters({ fitters }: VolunteersConfig, { sessions }: Cohort): Promise<StudyRemarks> {
  const notes: string[] = [];
  const leftOut: string[] = [];
  for (const entry of fitters) {
    const fitter = await fitterOf(entry);
    const uses = sessions.map((session) => ({
      name: session.name,
      ...useOfFitter(entry, fitter, { bValues: session.bValues, noiseKnown: session.sigma !== undefined }),
    }));
    notes.push(
      ...saidOf(
        uses.flatMap(({ name, notes }) => notes.map((text) => ({ name, text }))),
        sessions.length,
      ),
    );
    const unfit = uses.flatMap(({ name, fault }) =>
      fault === undefined ? [] : [{ text: `${name}: ${fault}` }],
    );
    if (unfit.length > 0) {
      leftOut.push(
        `${entry.name} can't fit ${unfit.length} of ${counted(sessions.length, 'session')}: ${texts(unfit)}`,
      );
    }
  }
  return { notes, leftOut };
}

/** Maximum number of statements in one line. */
const NAMED = 5;

const texts = (list: readonly { readonly text: string }[]): string => {
  const named = list
    .slice(0, NAMED)
    .map(({ text }) => text)
    .join('; ');
  return list.length > NAMED ? `${named}; and ${list.length - NAMED} more, see the report` : named;
};

const nameOf = ({ subject, session }: { readonly subject: string; readonly session: string }): string =>
  `${subject}/${session}`;
