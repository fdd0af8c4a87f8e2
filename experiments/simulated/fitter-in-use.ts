import type { RunContext } from '../../src/contracts/experiment.ts';
import type { Fitter, FitTask, PreparedFitter } from '../../src/contracts/fitter.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import type { FitterEntry } from '../../src/contracts/study.ts';
import type { LabelledSignals } from '../../src/contracts/voxels.ts';
import { signalColumns } from '../../src/data/signal-columns.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import { needsOf } from '../../src/plugins/needs-of.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import type { SimulatedConfig } from './config.ts';
import { withInputGuard } from './untouched.ts';
import { allTestVoxels, simulate, trainingRecipe } from './voxel-sets.ts';

/** A fitter of the config by its name in the run, loaded. */
export async function fitterCalled(
  name: string,
  config: SimulatedConfig,
): Promise<{ entry: FitterEntry; fitter: Fitter }> {
  const entry = config.fitters.find((candidate) => candidate.name === name)!;
  return { entry, fitter: (await loadFitter(entry.module)).value };
}

/** Seed of a fitter's preparation: no other fitter, and no order, has any part in it. */
export function preparationSeed(config: SimulatedConfig, name: string): number {
  return deriveSeed(config.seed, 'prepare', name);
}

export interface PreparationOptions extends Pick<
  FitTask,
  'model' | 'initial' | 'ignoreShipped' | 'onProgress'
> {
  /** By default the seed of the fitter's only preparation. */
  readonly seed?: number;
  /** Voxels to train on, by default those of the config. */
  readonly training?: LabelledSignals;
}

/** Gets a fitter ready, from what an earlier preparation saved where that is given. It is handed what it needs, and no more. */
export async function prepared(
  config: SimulatedConfig,
  name: string,
  { seed = preparationSeed(config, name), training: given, ...others }: PreparationOptions = {},
): Promise<{ ready: PreparedFitter; seconds: number }> {
  const { entry, fitter } = await fitterCalled(name, config);
  const needs = needsOf(fitter, entry.settings);
  const isReady = others.model !== undefined;
  // Drawn before the clock starts: simulating is not preparing.
  const training =
    needs.includes('training') && !isReady ? (given ?? trainingVoxels(config, name)) : undefined;
  const all = needs.includes('allVoxels') && !isReady ? allTestVoxels(config) : undefined;
  const task: FitTask = {
    bValues: signalColumns(config.protocol.bValues),
    seed,
    ...(needs.includes('tissue') ? { tissue: config.data.tissue } : {}),
    ...(training ? { training: async () => training } : {}),
    ...(all ? { allVoxels: async () => all } : {}),
    ...others,
  };
  return withInputGuard([...(training ? [training.signals] : []), ...(all ? [all] : [])], async () => {
    const began = performance.now();
    const ready = await fitter.prepare(task, entry.settings);
    return { ready, seconds: (performance.now() - began) / 1000 };
  });
}

function trainingVoxels(config: SimulatedConfig, name: string): LabelledSignals {
  const recipe = trainingRecipe(config);
  if (!recipe) throw missingTraining(name);
  return simulate(recipe);
}

export const missingTraining = (name: string): InputError =>
  new InputError(
    `fitter ${name} needs voxels to train on, and this config has no section \`training\` that describes them`,
  );

/** Gets a fitter ready from what its `prepare` cell kept; one that keeps nothing is prepared again. */
export async function preparedBefore(
  config: SimulatedConfig,
  name: string,
  context: RunContext,
  prepareCell: string,
): Promise<PreparedFitter> {
  const files = await context.files(prepareCell);
  const { ready } = await prepared(config, name, files.size > 0 ? { model: { files } } : {});
  return ready;
}
