import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { readTabTable } from '../data/cohort/tab-table.ts';
import { PARTICIPANT, PARTICIPANTS } from './case-files.ts';

/** A line of the table of a data set. */
export interface Participant {
  readonly subject: string;
  readonly cells: Readonly<Record<string, string>>;
  /** The table and the line, for messages. */
  readonly where: string;
}

/**
 * Reads the `participants.tsv` of a data set.
 * @param columns that it must have besides that of subjects
 * @throws InputError naming the line, where a subject occurs twice or is no plain name
 */
export async function readParticipants(
  folder: string,
  columns: readonly string[] = [],
): Promise<Participant[]> {
  const table = join(folder, PARTICIPANTS);
  const known = new Map<string, number>();
  const rows = await readTabTable(table, [PARTICIPANT, ...columns]);
  return rows.map(({ line, cells }) => {
    const subject = cells[PARTICIPANT];
    const where = `${table}:${line}`;
    if (!/^sub-[0-9A-Za-z]+$/.test(subject)) {
      throw new InputError(
        `${where}: ${PARTICIPANT} is ${subject || 'empty'}; allowed: sub- and letters or digits`,
      );
    }
    const before = known.get(subject);
    if (before !== undefined) throw new InputError(`${where}: ${subject} occurs in line ${before} already`);
    known.set(subject, line);
    return { subject, cells, where };
  });
}
