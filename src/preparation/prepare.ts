import type { FitTask, Fitter, PreparedFitter, TissuePrior } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import type { LabelledSignals, Signals } from '../contracts/voxels.ts';
import { checkBValues, takenBValues } from '../data/check-b-values.ts';
import { needsOf } from '../plugins/needs-of.ts';
import { withInputGuard } from './input-guard.ts';
import { learnsFromVoxels } from './learning.ts';
import { residualTestOf } from './residual-test.ts';

/** What a fitter may receive for its preparation. It is passed what it needs, and nothing else. */
export interface Preparation extends Pick<
  FitTask,
  'bValues' | 'averages' | 'seed' | 'model' | 'initial' | 'ignoreShipped' | 'onProgress'
> {
  /** Name of the fitter in messages. */
  readonly name: string;
  readonly fitter: Fitter;
  readonly settings: unknown;
  readonly tissue?: TissuePrior;
  /**
   * Returns voxels to train on. Called at most once, before the clock starts: simulating and reading do not count as
   * preparation.
   */
  readonly training?: () => LabelledSignals | Promise<LabelledSignals>;
  /** Returns all the voxels that will be fitted. Called like `training`. */
  readonly allVoxels?: () => Signals | Promise<Signals>;
}

export interface Prepared {
  readonly ready: PreparedFitter;
  /** Running time of `Fitter.prepare`, in seconds. */
  readonly seconds: number;
}

/**
 * Prepares a fitter; used by runs, `ivim-bench fit` and `ivim-bench train`.
 * @throws InputError if the fitter can't use these b-values, or something it needs is missing
 * @throws Error if it modifies the voxels it receives
 */
export async function prepare(preparation: Preparation): Promise<Prepared> {
  const { name, fitter, settings, tissue, training, allVoxels, ...given } = preparation;
  const { bValues, notes: taken } = takenBValues(name, fitter, given.bValues);
  checkBValues(name, fitter, bValues, settings);
  const needs = needsOf(fitter, settings);
  const learns = given.model === undefined && learnsFromVoxels(fitter, settings);
  const trained = learns && fitter.trains === 'on given voxels';
  // A saved model already contains the tissue distribution it was trained on.
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
    Object.assign(ready, { residualTest: residualTestOf(fitter, given.averages) });
    return { ready, seconds };
  });
}

const missing = (name: string, what: string): InputError =>
  new InputError(`fitter ${name} needs ${what}, which are not available here`);
