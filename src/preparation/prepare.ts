import type { FitTask, Fitter, PreparedFitter, TissuePrior } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import type { LabelledSignals, Signals } from '../contracts/voxels.ts';
import { checkBValues, takenBValues } from '../data/check-b-values.ts';
import { needsOf } from '../plugins/needs-of.ts';
import { withInputGuard } from './input-guard.ts';
import { learnsFromVoxels } from './learning.ts';

/** What a fitter may be given to get ready. It receives what it needs, and no more. */
export interface Preparation extends Pick<
  FitTask,
  'bValues' | 'averages' | 'seed' | 'model' | 'initial' | 'ignoreShipped' | 'onProgress'
> {
  /** The fitter's name in messages. */
  readonly name: string;
  readonly fitter: Fitter;
  readonly settings: unknown;
  readonly tissue?: TissuePrior;
  /** Voxels to train on. Called once at most, before the clock starts: simulating and reading are no preparation. */
  readonly training?: () => LabelledSignals | Promise<LabelledSignals>;
  /** All the voxels that will be fitted. Called as `training` is. */
  readonly allVoxels?: () => Signals | Promise<Signals>;
}

export interface Prepared {
  readonly ready: PreparedFitter;
  /** Time that `Fitter.prepare` took, in seconds. */
  readonly seconds: number;
}

/**
 * Gets a fitter ready: the one way for runs, `ivim-bench fit` and `ivim-bench train`.
 * @throws InputError where the fitter can't use these b-values, or needs something that is not given
 * @throws Error where it writes into voxels it was given
 */
export async function prepare(preparation: Preparation): Promise<Prepared> {
  const { name, fitter, settings, tissue, training, allVoxels, ...given } = preparation;
  const { bValues, notes: taken } = takenBValues(name, fitter, given.bValues);
  checkBValues(name, fitter, bValues, settings);
  const needs = needsOf(fitter, settings);
  const learns = given.model === undefined && learnsFromVoxels(fitter, settings);
  const trained = learns && fitter.trains === 'on given voxels';
  // A saved model knows what tissue it was trained on.
  if (needs.includes('tissue') && tissue === undefined && given.model === undefined) {
    throw missing(name, 'the distribution of the tissue’s parameters');
  }
  if (trained && !training) throw missing(name, 'voxels to train on');
  if (learns && needs.includes('allVoxels') && !allVoxels)
    throw missing(name, 'all the voxels that will be fitted');
  const trainingVoxels = trained ? await training!() : undefined;
  const fitted = learns && needs.includes('allVoxels') ? await allVoxels!() : undefined;
  const task: FitTask = {
    ...given,
    bValues,
    ...(needs.includes('tissue') && tissue ? { tissue } : {}),
    ...(trainingVoxels ? { training: async () => trainingVoxels } : {}),
    ...(fitted ? { allVoxels: async () => fitted } : {}),
  };
  const watched = [...(trainingVoxels ? [trainingVoxels.signals] : []), ...(fitted ? [fitted] : [])];
  return withInputGuard(watched, async () => {
    const began = performance.now();
    const ready = await fitter.prepare(task, settings);
    const seconds = (performance.now() - began) / 1000;
    if (taken.length > 0) Object.assign(ready, { notes: [...taken, ...(ready.notes ?? [])] });
    return { ready, seconds };
  });
}

const missing = (name: string, what: string): InputError =>
  new InputError(`fitter ${name} needs ${what}, and nothing here provides them`);
