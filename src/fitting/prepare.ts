import type { EpochLoss, Fitter, Need, PreparedFitter, TissuePrior } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { measurementsPerBValue } from '../data/normalise.ts';
import type { RowSource } from '../data/row-source.ts';
import { repeatsOf, type MeasuredProtocol } from '../data/measured-protocol.ts';
import { unlabelled } from '../data/unlabelled.ts';
import { needsOf } from '../plugins/needs-of.ts';
import { hasSavedModels, learnsFromVoxels } from '../preparation/learning.ts';
import { prepare } from '../preparation/prepare.ts';
import { counted } from '../wording/counted.ts';
import type { Slot } from './piece.ts';
import type { Pool } from './pool.ts';
import type { ModelFolder } from './saved-model.ts';
import { sampleRows, sampleStep } from './sample-rows.ts';

export interface PrepareInput {
  readonly name: string;
  /** Address of the fitter's module. */
  readonly module: URL;
  readonly fitter: Fitter;
  readonly settings: unknown;
  readonly source: RowSource;
  readonly protocol: MeasuredProtocol;
  readonly seed: number;
  readonly sigma?: number;
  readonly tissue?: TissuePrior;
  readonly model?: ModelFolder;
  /** Receives notes for the user, before the work they are about. */
  readonly note: (text: string) => void;
  /** Reports the progress of a long preparation, 0..1. */
  readonly onProgress?: (done: number, message: string) => void;
}

export interface Prepared {
  readonly fitter: PreparedFitter;
  readonly seconds: number;
  /** Starts threads with the same preparation; absent if it can't be passed to them. */
  readonly startPool?: (threads: number, slots: readonly Slot[]) => Promise<Pool>;
}

/**
 * With fewer, the study's network stops after too few steps: at SNR 33 the RMSE of D was 8.6e-3, 2.5e-3, 4.5e-4 and 3.6e-4
 * mm²/s after training on 600, 2,000, 10,000 and 100,000 voxels.
 */
const FEW_TO_TRAIN_ON = 10_000;

/**
 * Prepares a fitter for the rows of a file. Fitters that learn do so from these rows, unless there is a model.
 * @throws InputError if something the fitter needs is missing
 */
export async function prepareFitter(input: PrepareInput): Promise<Prepared> {
  const { name, fitter, settings, source, protocol, seed, sigma, tissue, model, note } = input;
  const needs = needsOf(fitter, settings);
  const learns = learnsFromVoxels(fitter, settings);
  checkNeeds(input, needs);
  if (
    needs.includes('sigma') &&
    !fitter.weighsAverages &&
    protocol.repeats.some((count, i) => i > 1 && count !== protocol.repeats[1])
  ) {
    note(
      `b-values were not all measured equally often: the noise is taken as sigma / √${measurementsPerBValue(protocol).toFixed(2)} at each`,
    );
  }
  const allVoxels = () => sampleRows(source, protocol, sigma);
  const training = async () => {
    const voxels = await allVoxels();
    if (voxels.n < FEW_TO_TRAIN_ON) {
      note(
        `${counted(voxels.n, 'voxel is', 'voxels are')} few to train a network on: its estimates may be unreliable; give a trained one as --model`,
      );
    }
    return unlabelled(voxels);
  };
  if (learns && model === undefined) {
    const step = sampleStep(source.n, protocol.bValues.length);
    const which = step === 1 ? 'the very voxels it fits' : `one in ${step} of the voxels it fits`;
    note(
      fitter.trains === 'on given voxels'
        ? `${name} trains on ${which}`
        : `${name} learns its prior from ${which}`,
    );
  }
  const { ready: prepared, seconds } = await prepare({
    name,
    fitter,
    settings,
    bValues: protocol.bValues,
    averages: repeatsOf(protocol),
    seed,
    ...(tissue ? { tissue } : {}),
    ...(model ? { model } : {}),
    ...(input.onProgress ? { onProgress: input.onProgress } : {}),
    allVoxels,
    training,
  }).catch((error: unknown) => {
    if (model === undefined || !(error instanceof InputError)) throw error;
    throw new InputError(
      error.faults.map((fault) => `--model ${model.folder}: ${fault}`),
      { cause: error },
    );
  });
  if (model === undefined && neverLearnt(prepared.losses ?? [])) {
    note(
      `${name}'s training loss never fell: its estimates mean nothing here (are the lowest b-values too high for its start?)`,
    );
  }
  if (learns && model === undefined && !prepared.save) return { fitter: prepared, seconds };
  return {
    fitter: prepared,
    seconds,
    async startPool(threads, slots) {
      const handedOn = model ?? (await prepared.save?.());
      const { startPool } = await import('./pool.ts');
      return startPool(threads, {
        fitter: input.module.href,
        settings,
        seed,
        protocol,
        slots,
        ...(tissue ? { tissue } : {}),
        ...(sigma !== undefined ? { sigma } : {}),
        ...(handedOn ? { model: handedOn } : {}),
      });
    },
  };
}

function neverLearnt(losses: readonly EpochLoss[]): boolean {
  return losses.length > 1 && losses.slice(1).every(({ loss }) => !(loss < losses[0].loss));
}

function checkNeeds(
  { name, fitter, settings, sigma, tissue, model }: PrepareInput,
  needs: readonly Need[],
): void {
  if (needs.includes('sigma') && sigma === undefined) {
    throw new InputError(
      `${name} needs the noise level: give --sigma, the standard deviation per quadrature channel in the unit of the signals`,
    );
  }
  // A saved model already contains the tissue distribution it was trained on.
  if (needs.includes('tissue') && tissue === undefined && model === undefined) {
    throw new InputError(
      `${name} needs the distribution of the tissue's parameters: give --tissue, as YAML or as a config that has data.tissue`,
    );
  }
  if (model !== undefined && !hasSavedModels(fitter, settings)) {
    throw new InputError(`--model: ${name} learns nothing, so it has no saved model to start from`);
  }
}
