import type { Json, PlanContext } from '../../src/contracts/experiment.ts';
import type { VolunteersConfig } from './config.ts';
import {
  sessionLabel,
  type PlannedData,
  type PlannedSession,
  type SessionGroup,
} from './planned-sessions.ts';
import type { SampleSlice } from './sample-slice.ts';

/** What plans of single parts share. */
export interface Plan {
  readonly config: VolunteersConfig;
  readonly data: PlannedData;
  readonly groups: readonly SessionGroup[];
  readonly slice: SampleSlice;
  /** Version of the code of a cell of this experiment. */
  readonly version: (file: string) => string;
  readonly context: PlanContext;
}

/** Id of the cell that reads a session. */
export const readId = ({ subject, session }: PlannedSession): string =>
  `read ${subject} ${sessionLabel(session)}`;

export const named = ({ subject, session }: PlannedSession): { readonly [key: string]: Json } => ({
  subject,
  session,
});

/** What decides what is read of a session. */
export const aboutSession = ({ data }: VolunteersConfig, session: PlannedSession) => ({
  ...named(session),
  data: session.decides,
  gridTolerance: data.gridTolerance,
  expect: data.expect,
});

export const statistics = ({ seed, statistics }: VolunteersConfig) => ({ seed, statistics });

export const same = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();

/** Sessions by their name in tables, in the order of the data. */
export function bySession(sessions: readonly PlannedSession[]): [string, PlannedSession[]][] {
  const found = new Map<string, PlannedSession[]>();
  for (const session of sessions) {
    const label = sessionLabel(session.session);
    found.set(label, [...(found.get(label) ?? []), session]);
  }
  return [...found];
}
