import type { StudyRemarks } from '../../src/contracts/experiment.ts';
import { counted } from '../../src/wording/counted.ts';
import type { VolunteersConfig } from './config.ts';
import { cohortOnDisk, simulationSettings } from './data-set.ts';

/** Lists what a data set on disk lacks, and what was not read literally. */
export async function remarksOf(config: VolunteersConfig): Promise<StudyRemarks> {
  if (simulationSettings(config)) return { notes: [], leftOut: [] };
  const cohort = await cohortOnDisk(config);
  const all = new Set(
    [...cohort.sessions, ...cohort.missing.filter(({ leavesOut }) => leavesOut === 'session')].map(nameOf),
  );
  const lost = cohort.missing.filter(({ leavesOut }) => leavesOut === 'session');
  const others = cohort.missing.filter(({ leavesOut }) => leavesOut !== 'session');
  const sessions = new Set(lost.map(nameOf)).size;
  return {
    notes: cohort.notes,
    leftOut: [
      ...(sessions > 0 ? [`${sessions} of ${counted(all.size, 'session')} left out: ${texts(lost)}`] : []),
      ...(others.length > 0
        ? [`${counted(others.length, 'drawing or region', 'drawings or regions')} left out: ${texts(others)}`]
        : []),
    ],
  };
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
