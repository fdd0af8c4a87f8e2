import { fileNamesOf } from '../../src/files/plain-name.ts';
import type { CellResult, RunContext, Task } from '../../src/contracts/cell.ts';
import type { FitTask, SavedModel, TissuePrior } from '../../src/contracts/fitter.ts';
import { failedFrom, Status, type Estimates, type Signals } from '../../src/contracts/voxels.ts';
import type { SessionVoxels } from '../../src/data/cohort/read-session.ts';
import { estimatesToNifti } from '../../src/data/estimates-nifti.ts';
import { interleaveVoxels } from '../../src/data/interleave-voxels.ts';
import { mostAtBound } from '../../src/data/most-at-bound.ts';
import { unlabelled } from '../../src/data/unlabelled.ts';
import { fitVoxels } from '../../src/preparation/fit-voxels.ts';
import { fitterOf, type FitterInUse } from '../../src/preparation/fitter-in-use.ts';
import { prepare as prepareFitter, type Preparation, type Prepared } from '../../src/preparation/prepare.ts';
import { recordedPreparation, recordedTime } from '../../src/preparation/recorded.ts';
import { trainingVoxels, type TrainingData } from '../../src/simulated/voxels.ts';
import {
  cohortVoxels,
  readNamed,
  regionVoxels,
  type DataSetPlace,
  type Reading,
  type SessionInput,
  type SharedVoxels,
} from './data-set.ts';
import { encodeRegions, REGION_FILE, regionRecords, regionRows, volunteersRow } from './rows.ts';
import { SlicePictures } from './slice-pictures.ts';

/** Everything that decides a fitter prepared for a group of sessions, except the voxels it learns from. */
export interface GroupPreparation {
  readonly fitter: FitterInUse;
  readonly seed: number;
  /** Name of the group in rows and seeds. */
  readonly stage: string;
  readonly bValues: readonly number[];
  readonly tissue?: TissuePrior;
}

interface BeginInput extends GroupPreparation {
  readonly training: TrainingData;
}

/** Trains a network on simulated voxels, as the start of the preparations that continue from it. */
export const begin: Task<BeginInput> = {
  module: import.meta.url,
  name: 'begin',
  async run({ training, ...preparation }, { cpu, onProgress }) {
    const voxels = trainingVoxels(preparation, training);
    const prepared = await prepareGroup(preparation, { training: () => voxels, onProgress });
    return recorded(preparation, prepared, { cpu, voxels: voxels.signals.n });
  },
};

interface PrepareInput extends GroupPreparation {
  readonly reading: Reading;
  /** The sessions it learns from; none if it does not learn from voxels. */
  readonly sessions: readonly SessionInput[];
  readonly shared: SharedVoxels;
  /** Whether it continues from the network trained by the cell read as `begin`. */
  readonly goesOn: boolean;
}

/** Prepares a fitter for a group of sessions: estimates a prior from all their voxels, or trains a network on them. */
export const prepare: Task<PrepareInput, DataSetPlace> = {
  module: import.meta.url,
  name: 'prepare',
  async run({ reading, sessions, shared, goesOn, ...preparation }, context) {
    const cohort = sessions.length > 0 ? await cohortVoxels(reading, context, sessions, shared) : undefined;
    const initial = goesOn ? { files: await context.files('begin') } : undefined;
    const prepared = await prepareGroup(preparation, {
      ...(cohort ? { allVoxels: () => cohort, training: () => unlabelled(cohort) } : {}),
      ...(initial && initial.files.size > 0 ? { initial } : {}),
      onProgress: context.onProgress,
    });
    return recorded(preparation, prepared, { cpu: context.cpu, voxels: cohort?.n ?? 0 });
  },
};

/** The result of a preparation, as rows of the group it serves. */
export const recorded = (
  { fitter, seed, stage }: GroupPreparation,
  prepared: Prepared,
  { cpu, voxels }: { readonly cpu: string; readonly voxels: number },
) =>
  recordedPreparation(prepared, {
    method: fitter.name,
    cpu,
    factors: { stage },
    row: volunteersRow,
    seed,
    voxels,
  });

interface FitInput {
  readonly preparation: GroupPreparation;
  readonly reading: Reading;
  readonly session: SessionInput;
  /** Index of the slice to show, fitted as a whole; null for none. */
  readonly slice: number | null;
  readonly maps: 'regions' | 'all';
}

/** Fits the voxels of one session, saves the maps and the means over its regions. */
export const fit: Task<FitInput, DataSetPlace> = {
  module: import.meta.url,
  name: 'fit',
  async run({ preparation, reading, session, slice, maps: wanted }, context) {
    const { voxels } = await readNamed(reading, context, session, () =>
      wanted === 'all' ? { slices: 'all' } : slice === null ? {} : { slices: [slice] },
    );
    if (!voxels) return { rows: [], files: new Map([[REGION_FILE, encodeRegions([])]]) };
    const method = preparation.fitter.name;
    const estimates = await fitPrepared(preparation, context, voxels.signals);
    const count = (wanted: (status: number) => boolean) => estimates.status.filter(wanted).length;
    const notes = mostAtBound(
      count((status) => status === Status.atBound),
      count((status) => status < failedFrom),
    );
    const records = regionRecords(voxels, estimates);
    const { files, publishes } = await mapsOf(voxels, estimates, [method]);
    return {
      rows: regionRows(method, session.session, records),
      notes,
      files: new Map([...files, [REGION_FILE, encodeRegions(records)]]),
      publishes,
      ...(slice === null ? {} : { pictures: new SlicePictures(voxels, slice).maps(method, estimates) }),
    };
  },
};

/** Fits voxels with what a cell has prepared. */
export async function fitPrepared(
  preparation: GroupPreparation,
  context: RunContext,
  signals: Signals,
): Promise<Estimates> {
  const ready = await preparedBefore(preparation, context, signals.bValues);
  const estimates = await fitVoxels(ready, signals);
  ready.dispose?.();
  return estimates;
}

/**
 * Returns the maps of a session as files, and where the run keeps them: `maps/SUBJECT/SESSION/` and what `below` says.
 * @param voxels those of the estimates
 */
export async function mapsOf(
  { session, space, voxels }: Pick<SessionVoxels, 'session' | 'space' | 'voxels'>,
  estimates: Estimates,
  below: readonly string[],
): Promise<Required<Pick<CellResult, 'files' | 'publishes'>>> {
  const files = await estimatesToNifti({ estimates, voxels, shape: session.shape, space });
  const folder = fileNamesOf('maps', session.subject, session.session, ...below).join('/');
  return { files, publishes: new Map([...files.keys()].map((name) => [`${folder}/${name}`, name])) };
}

/** Maximum number of voxels in a timing, the same for every fitter; slow ones use fewer. */
const TIMED_VOXELS = 10_000;

interface TimeInput extends Pick<FitInput, 'preparation' | 'reading'> {
  readonly sessions: readonly SessionInput[];
}

/** Times only `fit`, on one thread, on a mix of the drawn voxels of several people. */
export const time: Task<TimeInput, DataSetPlace> = {
  module: import.meta.url,
  name: 'time',
  async run({ preparation, reading, sessions }, context) {
    const voxels = interleaveVoxels(await regionVoxels(reading, context, sessions), TIMED_VOXELS);
    const ready = await preparedBefore(preparation, context, voxels.bValues);
    return recordedTime(ready, voxels, {
      method: preparation.fitter.name,
      cpu: context.cpu,
      factors: { stage: preparation.stage },
      row: volunteersRow,
    });
  },
};

type Given = Pick<Preparation, 'training' | 'allVoxels' | 'onProgress'> &
  Pick<FitTask, 'initial'> & { readonly model?: SavedModel; readonly bValues?: Float64Array };

export async function prepareGroup(
  { fitter: { name, module, settings }, seed, bValues, tissue }: GroupPreparation,
  given: Given,
): Promise<Prepared> {
  return prepareFitter({
    name,
    fitter: await fitterOf({ module }),
    settings,
    bValues: Float64Array.from(bValues),
    seed,
    ...(tissue ? { tissue } : {}),
    ...given,
  });
}

/** Restores a fitter from what its preparation saved; one that saves nothing is prepared again. */
async function preparedBefore(
  preparation: GroupPreparation,
  context: RunContext,
  bValues: Float64Array,
): Promise<Prepared['ready']> {
  const files = await context.files('preparation');
  return (await prepareGroup(preparation, { bValues, ...(files.size > 0 ? { model: { files } } : {}) }))
    .ready;
}
