import type { RunContext } from '../../src/contracts/experiment.ts';
import type { Signals } from '../../src/contracts/voxels.ts';
import type { Cohort, CohortSession } from '../../src/data/cohort/cohort.ts';
import { readSession, type SessionReading, type Wanted } from '../../src/data/cohort/read-session.ts';
import { joinVoxels } from '../../src/data/join-voxels.ts';
import type { VolunteersConfig } from './config.ts';
import { openDataSet } from './data-set.ts';

/** What cells say of the session they are about. Plain data. */
export interface SessionName {
  readonly subject: string;
  readonly session: string;
}

/** A session of the data set, read. */
export async function readNamed(
  config: VolunteersConfig,
  context: RunContext,
  name: SessionName,
  wanted: (session: CohortSession) => Wanted = () => ({}),
): Promise<SessionReading & { readonly cohort: Cohort; readonly session: CohortSession | undefined }> {
  const cohort = await openDataSet(config, context);
  const session = cohort.sessions.find(
    (each) => each.subject === name.subject && each.session === name.session,
  );
  // One that was planned, but that the simulation left no regions in: what is missing is told by the survey.
  if (!session) return { cohort, session, voxels: null, missing: [], notes: [] };
  return { cohort, session, ...(await readSession(cohort, session, wanted(session))) };
}

/**
 * The voxels of several sessions inside the regions drawn in them, each session a set.
 * @throws Error where none can be read
 */
export async function regionVoxels(
  config: VolunteersConfig,
  context: RunContext,
  names: readonly SessionName[],
): Promise<Signals[]> {
  const sets: Signals[] = [];
  for (const [i, name] of names.entries()) {
    const { voxels } = await readNamed(config, context, name);
    if (voxels && voxels.signals.n > 0) sets.push(voxels.signals);
    context.onProgress((i + 1) / names.length, `reading ${name.subject}`);
  }
  if (sets.length === 0) throw new Error('none of these sessions has voxels that can be used');
  return sets;
}

/** The same, one after the other. */
export async function cohortVoxels(...given: Parameters<typeof regionVoxels>): Promise<Signals> {
  return joinVoxels(await regionVoxels(...given));
}
