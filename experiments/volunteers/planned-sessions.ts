import { sessionDigest } from '../../src/data/session-digest.ts';
import { subjectLabel } from '../../src/data/volunteers/dataset-files.ts';
import type { VolunteersConfig } from './config.ts';
import { cohortOnDisk, simulationSettings } from './data-set.ts';

/** A session, as known before any work. */
export interface PlannedSession {
  readonly subject: string;
  /** '' if the subject has only one, unnamed session. */
  readonly session: string;
  readonly bValues: readonly number[];
  readonly noiseKnown: boolean;
  /** Number of voxels along the third axis. */
  readonly slices: number;
  readonly hasTruth: boolean;
  /** Everything that decides its voxels, except the cell that simulates them. */
  readonly content: unknown;
}

/** The data to analyse, and everything that decides them. */
export interface PlannedData {
  readonly sessions: readonly PlannedSession[];
  /** Statements on what is missing from a data set on disk; part of the input of the survey. */
  readonly missing: readonly string[];
}

/** Lists the sessions that will be simulated, or those in the headers of a data set on disk. Simulates nothing. */
export async function planSessions(config: VolunteersConfig): Promise<PlannedData> {
  const settings = simulationSettings(config);
  if (settings) {
    const { subjects, bValues } = settings;
    const sessions = Object.keys(settings.sessions);
    return {
      sessions: Array.from({ length: subjects }, (_, i) => subjectLabel(i + 1, subjects)).flatMap((subject) =>
        sessions.map((session) => ({
          subject,
          session: `ses-${session}`,
          bValues,
          noiseKnown: true,
          slices: settings.image.shape[2],
          hasTruth: true,
          content: null,
        })),
      ),
      missing: [],
    };
  }
  const cohort = await cohortOnDisk(config);
  return {
    sessions: await Promise.all(
      cohort.sessions.map(async (session) => ({
        subject: session.subject,
        session: session.session,
        bValues: [...session.bValues],
        noiseKnown: session.sigma !== undefined,
        slices: session.shape[2],
        hasTruth: (['D', 'f', 'Dp'] as const).some((name) => session.truth[name] !== undefined),
        content: { ...(await sessionDigest(session)), missing: config.data.missing, regions: cohort.regions },
      })),
    ),
    missing: cohort.missing.map(({ text }) => text),
  };
}

/** Sessions with the same name and b-values, which share a network and a prior. */
export interface SessionGroup {
  /** Unique: the session's name, and the b-values if a session has several sets of them. */
  readonly name: string;
  /** Name of its sessions in tables and figures. */
  readonly label: string;
  readonly bValues: readonly number[];
  readonly sessions: readonly PlannedSession[];
}

export const sessionLabel = (session: string): string => session || 'single';

export function groupSessions(sessions: readonly PlannedSession[]): SessionGroup[] {
  const groups = new Map<string, PlannedSession[]>();
  for (const session of sessions) {
    const key = JSON.stringify([session.session, session.bValues]);
    groups.set(key, [...(groups.get(key) ?? []), session]);
  }
  const all = [...groups.values()];
  return all.map((members) => {
    const { session, bValues } = members[0];
    const label = sessionLabel(session);
    const schemes = all.filter(([first]) => first.session === session);
    const name = schemes.length > 1 ? `${label} b=${bValues.join(',')}` : label;
    return { name, label, bValues, sessions: members };
  });
}
