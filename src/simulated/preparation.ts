import type { CellResult, RunContext } from '../contracts/cell.ts';
import type { SavedModel, TissuePrior } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Row } from '../contracts/metric.ts';
import type { FitterEntry } from '../contracts/study.ts';
import type { LabelledSignals } from '../contracts/voxels.ts';
import { checkBValues } from '../data/check-b-values.ts';
import { averagesOfColumns, signalColumns } from '../data/signal-columns.ts';
import { needsOf } from '../plugins/needs-of.ts';
import { fitterInUse, fitterOf, type FitterInUse } from '../preparation/fitter-in-use.ts';
import { prepare, type Preparation, type Prepared } from '../preparation/prepare.ts';
import { recordedPreparation, type Measured } from '../preparation/recorded.ts';
import { deriveSeed } from '../random/seed.ts';
import type { SimulatedConfig } from './config.ts';
import {
  allTestVoxels,
  testDataOf,
  trainingDataOf,
  trainingVoxels,
  type ProtocolMeasured,
  type TestData,
  type TrainingData,
} from './voxels.ts';

/** Everything that decides the prepared fitter. Plain data; what the fitter does not use is absent. */
export interface SimulatedPreparation {
  readonly fitter: FitterInUse;
  readonly seed: number;
  readonly protocol: ProtocolMeasured;
  /** The tissue distribution the fitter may know, or all voxels if it learns from them. */
  readonly data?: TestData | { readonly tissue: TissuePrior };
  readonly training?: TrainingData;
  /** Train a network even if one is shipped with the program. */
  readonly ignoreShipped?: true;
}

export interface PreparationPlan {
  /** By default derived from the seed of the study and the fitter's name. */
  readonly seed?: number;
  /** By default the voxels that the config describes. */
  readonly training?: TrainingData;
  readonly ignoreShipped?: true;
}

/** Returns the seed of a fitter's preparation, which depends on neither the other fitters nor their order. */
export const preparationSeed = ({ seed }: Pick<SimulatedConfig, 'seed'>, name: string): number =>
  deriveSeed(seed, 'prepare', name);

/**
 * Describes the preparation of a fitter.
 * @throws InputError if it trains and the config has no training voxels, or if it can't use the protocol
 */
export async function planPreparation(
  config: SimulatedConfig,
  entry: FitterEntry,
  {
    seed = preparationSeed(config, entry.name),
    training = trainingDataOf(config),
    ignoreShipped,
  }: PreparationPlan = {},
): Promise<SimulatedPreparation> {
  const fitter = await fitterOf(entry);
  const needs = needsOf(fitter, entry.settings);
  const trains = fitter.trains === 'on given voxels';
  if (trains && !training) {
    throw new InputError(
      `fitter ${entry.name} needs voxels to train on, and this config has no section \`training\` that describes them`,
    );
  }
  const { bValues } = config.protocol;
  checkBValues(entry.name, fitter, signalColumns(bValues), entry.settings);
  return {
    fitter: await fitterInUse(entry),
    seed,
    protocol: { bValues },
    ...(needs.includes('allVoxels')
      ? { data: testDataOf(config) }
      : needs.includes('tissue')
        ? { data: { tissue: config.data.tissue } }
        : {}),
    ...(trains && training ? { training } : {}),
    ...(ignoreShipped ? { ignoreShipped } : {}),
  };
}

export interface Given extends Pick<Preparation, 'onProgress'> {
  /** An earlier preparation to load instead. */
  readonly model?: SavedModel;
  /** A saved model to train further. */
  readonly initial?: SavedModel;
  /** Voxels to train on instead of those described. */
  readonly training?: LabelledSignals;
}

/** Prepares a fitter as described. */
export async function prepareSimulated(
  { fitter: { name, module, settings }, protocol, data, training, ...others }: SimulatedPreparation,
  { training: given, ...options }: Given = {},
): Promise<Prepared> {
  const voxels = given ? () => given : training && (() => trainingVoxels(protocol, training));
  const averages = averagesOfColumns(protocol.bValues);
  return prepare({
    name,
    fitter: await fitterOf({ module }),
    settings,
    bValues: signalColumns(protocol.bValues),
    ...(averages ? { averages } : {}),
    ...(data ? { tissue: data.tissue } : {}),
    ...(data && 'noise' in data ? { allVoxels: () => allTestVoxels(protocol, data) } : {}),
    ...(voxels ? { training: voxels } : {}),
    ...others,
    ...options,
  });
}

/**
 * Runs the preparation of a fitter as a cell: its time, training curve, notes and saved files.
 * @param row completes a row of the experiment
 */
export async function recordedSimulated(
  preparation: SimulatedPreparation,
  { cpu, onProgress }: Pick<RunContext, 'cpu' | 'onProgress'>,
  row: (measured: Measured) => Row,
): Promise<CellResult> {
  const prepared = await prepareSimulated(preparation, { onProgress });
  return recordedPreparation(prepared, {
    ...{ method: preparation.fitter.name, cpu, row, seed: preparation.seed },
    voxels: preparation.training?.voxels ?? 0,
  });
}

/**
 * Restores a fitter from what its preparation saved in the cell read as `need`; a fitter that saves nothing is prepared again.
 */
export async function preparedBefore(
  preparation: SimulatedPreparation,
  context: RunContext,
  need: string,
): Promise<Prepared['ready']> {
  const files = await context.files(need);
  return (await prepareSimulated(preparation, files.size > 0 ? { model: { files } } : {})).ready;
}
