import { join } from 'node:path';
import type { RunContext } from '../../src/contracts/cell.ts';
import type { Signals } from '../../src/contracts/voxels.ts';
import type { Cohort, CohortSession } from '../../src/data/cohort/cohort.ts';
import { openCohort } from '../../src/data/cohort/open-cohort.ts';
import {
  readSession,
  type SessionReading,
  type SessionVoxels,
  type Wanted,
} from '../../src/data/cohort/read-session.ts';
import type { CohortSource } from '../../src/data/cohort/source.ts';
import { joinVoxels } from '../../src/data/join-voxels.ts';
import { rowsAt } from '../../src/data/rows-at.ts';
import { virtualLayout } from '../../src/data/volunteers/dataset-files.ts';
import { withIdealSessions } from '../../src/data/volunteers/ideal-sessions.ts';
import type { VolunteersSettings } from '../../src/data/volunteers/settings.ts';
import { fileNamesOf } from '../../src/files/plain-name.ts';
import { NETWORK_READER } from '../../src/measures/network-reader.ts';
import type { VolunteersConfig } from './config.ts';

/** How a data set is read, independent of its location. Plain data. */
export type Reading = Omit<CohortSource, 'from'> & {
  /** Names of the regions in the order of their numbers, where a network has marked them as one more reader. */
  readonly network?: readonly string[];
};

/** Location of the data set; absent if a cell of the run, read as `data`, simulates it. */
export interface DataSetPlace {
  readonly from?: CohortSource['from'];
}

/** A session in the input of a cell: its name, and everything that decides its voxels, except the cell that simulates them. */
export interface SessionInput {
  readonly subject: string;
  readonly session: string;
  readonly content: unknown;
}

/** Returns the folder of the simulated data set within the cell's folder. */
export const dataSetIn = (folder: string): string => join(folder, 'bids');

/** Returns the settings that virtual volunteers are simulated from; undefined if the data are on disk. */
export function simulationSettings({
  seed,
  protocol,
  data,
}: Pick<VolunteersConfig, 'seed' | 'protocol' | 'data'>): VolunteersSettings | undefined {
  return data.virtual && withIdealSessions({ seed, bValues: protocol!.bValues, ...data.virtual });
}

export const readingOf = ({ data: { missing, gridTolerance, expect } }: VolunteersConfig): Reading => ({
  missing,
  gridTolerance,
  expect,
});

export function placeOf({ data: { bids, files } }: VolunteersConfig): DataSetPlace {
  if (files) return { from: { files } };
  return bids ? { from: { bids } } : {};
}

/**
 * Opens the user's data set, before any work.
 * @throws InputError as `openCohort`
 */
export function cohortOnDisk(config: VolunteersConfig): Promise<Cohort> {
  return openCohort({ ...readingOf(config), from: placeOf(config).from! });
}

const opened = new Map<string, Promise<Cohort>>();

/** Opens the data set for a cell, once per thread. */
export function openDataSet(reading: Reading, context: RunContext<DataSetPlace>): Promise<Cohort> {
  const from = context.places.from ?? { bids: virtualLayout(dataSetIn(context.folderOf('data'))) };
  const { network, ...plain } = reading;
  const source = { ...plain, from };
  const marks = network && { regions: network, folder: context.folderOf(MARKS) };
  const name = JSON.stringify([source, marks]);
  let cohort = opened.get(name);
  if (!cohort) {
    cohort = openCohort(source).then((read) => (marks ? withNetwork(read, marks) : read));
    opened.set(name, cohort);
  }
  return cohort;
}

/** The need that holds the label maps of a network, by the names of the sessions. */
export const MARKS = 'marks';

/** Where the label map of a session lies in the folder of the cell that marked it. */
export const markOf = (
  folder: string,
  { subject, session }: Pick<CohortSession, 'subject' | 'session'>,
): string => join(folder, 'network', `${fileNamesOf(subject, session).join('_')}.nii.gz`);

/** The same people with the network's label maps as the drawings of one more reader. */
const withNetwork = (
  cohort: Cohort,
  { regions, folder }: { readonly regions: readonly string[]; readonly folder: string },
): Cohort => ({
  ...cohort,
  sessions: cohort.sessions.map((session) => ({
    ...session,
    drawings: [
      ...session.drawings,
      {
        reader: NETWORK_READER,
        maps: [{ file: markOf(folder, session), regions: new Map(regions.map((name, i) => [i + 1, name])) }],
      },
    ],
  })),
});

/** Reads a session of the data set. */
export async function readNamed(
  reading: Reading,
  context: RunContext<DataSetPlace>,
  { subject, session: name }: SessionInput,
  wanted: (session: CohortSession) => Wanted = () => ({}),
): Promise<SessionReading & { readonly cohort: Cohort; readonly session: CohortSession | undefined }> {
  const cohort = await openDataSet(reading, context);
  const session = cohort.sessions.find((each) => each.subject === subject && each.session === name);
  // A planned session for which the simulation left no regions: the survey reports it.
  if (!session) return { cohort, session, voxels: null, missing: [], notes: [] };
  return { cohort, session, ...(await readSession(cohort, session, wanted(session))) };
}

/**
 * Reads the voxels of several sessions inside the drawn regions, one set per session.
 * @throws Error if no session can be read
 */
export async function regionVoxels(
  reading: Reading,
  context: RunContext<DataSetPlace>,
  sessions: readonly SessionInput[],
  shared: SharedVoxels = 'once',
): Promise<Signals[]> {
  const sets: Signals[] = [];
  for (const [i, session] of sessions.entries()) {
    const { voxels } = await readNamed(reading, context, session);
    if (voxels && voxels.signals.n > 0) sets.push(shared === 'once' ? voxels.signals : perReader(voxels));
    context.onProgress((i + 1) / sessions.length, `reading ${session.subject}`);
  }
  if (sets.length === 0) throw new Error('none of these sessions has voxels that can be used');
  return sets;
}

/** How often a voxel in regions of several readers counts. */
export type SharedVoxels = VolunteersConfig['sharedVoxels'];

/** Like `regionVoxels`, concatenated. */
export async function cohortVoxels(...given: Parameters<typeof regionVoxels>): Promise<Signals> {
  return joinVoxels(await regionVoxels(...given));
}

/** The voxels inside the regions of one reader after the other. */
export function perReader({ signals, drawn }: Pick<SessionVoxels, 'signals' | 'drawn'>): Signals {
  const readers = [...new Set(drawn.map(({ reader }) => reader))];
  const rows = readers.flatMap((name) => {
    const own = drawn.filter(({ reader }) => reader === name).flatMap((region) => [...region.rows]);
    return [...new Set(own)].sort((a, b) => a - b);
  });
  return rowsAt(signals, rows);
}
