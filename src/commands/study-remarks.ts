import { cohortOnDisk } from '../../experiments/volunteers/data-set.ts';
import type { VolunteersConfig } from '../../experiments/volunteers/config.ts';
import { studyNotes } from '../config/study-notes.ts';
import type { Study } from '../contracts/study.ts';

/** What a person should know of a study's input besides that it is valid. */
export interface StudyRemarks {
  /** Odd scales of b-values and tissue, and what was read otherwise than it is written. */
  readonly notes: readonly string[];
  /** Sessions, drawings and regions of a data set on disk that are left out, and why. */
  readonly leftOut: readonly string[];
}

/** Looks at the config, and at the headers and tables of a data set on disk where it has one. */
export async function studyRemarks({ config }: Study): Promise<StudyRemarks> {
  const notes = studyNotes(config);
  if (!readsDataSet(config)) return { notes, leftOut: [] };
  const cohort = await cohortOnDisk(config);
  const all = new Set(
    [...cohort.sessions, ...cohort.missing.filter(({ leavesOut }) => leavesOut === 'session')].map(nameOf),
  );
  const lost = cohort.missing.filter(({ leavesOut }) => leavesOut === 'session');
  const others = cohort.missing.filter(({ leavesOut }) => leavesOut !== 'session');
  const sessions = new Set(lost.map(nameOf)).size;
  return {
    notes: [...notes, ...cohort.notes],
    leftOut: [
      ...(sessions > 0 ? [`${sessions} of ${all.size} sessions left out: ${texts(lost)}`] : []),
      ...(others.length > 0
        ? [
            `${others.length} ${others.length === 1 ? 'drawing or region' : 'drawings or regions'} left out: ${texts(others)}`,
          ]
        : []),
    ],
  };
}

/** Prints remarks to standard error. */
export function printRemarks({ notes, leftOut }: StudyRemarks): void {
  for (const line of [...notes.map((note) => `note: ${note}`), ...leftOut]) process.stderr.write(`${line}\n`);
}

/** Statements in one line, at most. */
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

function readsDataSet(config: Study['config']): config is Study['config'] & VolunteersConfig {
  const { data } = config as Partial<VolunteersConfig>;
  return data !== undefined && ('bids' in data || 'files' in data) && Boolean(data.bids ?? data.files);
}
