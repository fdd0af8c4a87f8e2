import type { Row } from '../../src/contracts/metric.ts';
import type { Shortcoming } from '../../src/data/cohort/cohort.ts';
import { sessionLabel } from './planned-sessions.ts';
import { volunteersRow } from './rows.ts';

/** What a data set lacks, as a row that tables can list and count. */
export function missingRow({ subject, session, reader, region, leavesOut, text }: Shortcoming): Row {
  const factors = {
    subject,
    // Nothing where it concerns all of a subject.
    ...(session === '' && leavesOut === 'session' ? {} : { session: sessionLabel(session) }),
    ...(reader === undefined ? {} : { reader }),
    ...(region === undefined ? {} : { region }),
    leaves_out: leavesOut,
    what: text,
  };
  return volunteersRow({ method: '', factors, metric: 'missing', value: 1, n: 1 });
}
