import type { RunContext } from '../../src/contracts/experiment.ts';
import type { Fitter, FitTask, Need, PreparedFitter, SavedModel } from '../../src/contracts/fitter.ts';
import type { FitterEntry } from '../../src/contracts/study.ts';
import { checkBValues, takenBValues } from '../../src/data/check-b-values.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import { needsOf } from '../../src/plugins/needs-of.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import type { VolunteersConfig } from './config.ts';

/** A fitter of the config by its name in the run, loaded, with what it needs under its settings. */
export async function fitterCalled(
  name: string,
  config: VolunteersConfig,
): Promise<{ entry: FitterEntry; fitter: Fitter; needs: readonly Need[] }> {
  const entry = config.fitters.find((candidate) => candidate.name === name)!;
  const fitter = (await loadFitter(entry.module)).value;
  return { entry, fitter, needs: needsOf(fitter, entry.settings) };
}

/** Seed of a fitter's preparation for a group of sessions: no other fitter, and no order, has any part in it. */
export function preparationSeed(config: VolunteersConfig, fitter: string, group: string): number {
  return deriveSeed(config.seed, 'prepare', fitter, group);
}

/** What is to be prepared, and from what. */
export interface Preparation extends Pick<
  FitTask,
  'training' | 'allVoxels' | 'model' | 'initial' | 'onProgress'
> {
  readonly fitter: string;
  readonly group: string;
  readonly bValues: Float64Array;
}

/** Gets a fitter ready. It is handed what it needs, and no more. */
export async function prepared(
  config: VolunteersConfig,
  { fitter: name, group, bValues, training, allVoxels: cohort, ...options }: Preparation,
): Promise<PreparedFitter> {
  const { entry, fitter, needs } = await fitterCalled(name, config);
  const taken = takenBValues(name, fitter, bValues);
  checkBValues(name, fitter, taken.bValues, entry.settings);
  const task: FitTask = {
    bValues: taken.bValues,
    seed: preparationSeed(config, name, group),
    ...(needs.includes('tissue') && config.training ? { tissue: config.training.tissue } : {}),
    ...(needs.includes('training') && training ? { training } : {}),
    ...(needs.includes('allVoxels') && cohort ? { allVoxels: cohort } : {}),
    ...options,
  };
  const ready = await fitter.prepare(task, entry.settings);
  if (taken.notes.length > 0) Object.assign(ready, { notes: [...taken.notes, ...(ready.notes ?? [])] });
  return ready;
}

/** Gets a fitter ready from what its preparation kept; one that keeps nothing is prepared again. */
export async function preparedBefore(
  config: VolunteersConfig,
  context: RunContext,
  { cell, ...what }: Pick<Preparation, 'fitter' | 'group' | 'bValues'> & { readonly cell: string },
): Promise<PreparedFitter> {
  const files = await context.files(cell);
  return prepared(config, files.size > 0 ? { ...what, model: { files } satisfies SavedModel } : what);
}
