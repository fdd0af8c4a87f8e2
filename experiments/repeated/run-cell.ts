import type { Cell, CellResult, Json, RunContext } from '../../src/contracts/experiment.ts';
import { estimatesToNpy } from '../../src/data/estimates-npy.ts';
import { needsOf } from '../../src/plugins/needs-of.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { fitterCalled, prepared } from '../simulated/fitter-in-use.ts';
import { simulate } from '../simulated/voxel-sets.ts';
import { trainingVoxels, type Condition } from './condition.ts';
import { encodeMeasures, MEASURES_FILE, type Measure } from './measure.ts';
import { lossOver, testErrors } from './measures-of.ts';
import { measureRow } from './rows.ts';

/** Which training of which network. */
export interface RunInput {
  readonly fitter: string;
  /** Place of the condition in the experiment's list. */
  readonly condition: number;
  /** From 1 on. */
  readonly run: number;
  /** Whether the estimates of the test voxels are kept for the cell that compares runs. */
  readonly keepEstimates: boolean;
}

/** Seed of one training: neither its condition nor any order has a part in it, so that runs of one number begin alike. */
export const runSeed = (seed: number, fitter: string, run: number): number =>
  deriveSeed(seed, 'prepare', fitter, 'repeat', run);

/** Where the estimates of one noise level are kept. */
export const estimatesFile = (snr: number): string => `estimates-snr-${snr}.npy`;

/** Trains a network once and measures it. */
export async function runCell(
  experiment: string,
  cell: Cell,
  condition: Condition,
  context: RunContext,
): Promise<CellResult> {
  const input = cell.input as Json & RunInput;
  const { fitter: name, run } = input;
  const { config, training, all } = condition;
  const { entry, fitter } = await fitterCalled(name, config);
  const isGiven = needsOf(fitter, entry.settings).includes('training');
  const voxels = isGiven ? trainingVoxels(training) : undefined;
  const seed = runSeed(config.seed, name, run);
  const { ready } = await prepared(config, name, {
    seed,
    // A network that comes with the program would be the same one every time.
    ignoreShipped: true,
    ...(voxels ? { training: voxels } : {}),
    onProgress: context.onProgress,
  });
  const { losses = [], backend = 'JavaScript', backendReason } = ready;
  const measures: Measure[] = [];
  if (voxels) {
    const { signals } = voxels;
    measures.push(await lossOver('loss', ready, signals));
    measures.push({ metric: 'epochs', parameter: '', value: losses.length, unit: '', n: signals.n });
  }
  if (all) measures.push(await lossOver('loss_all', ready, simulate(all).signals));
  const { measures: errors, estimates } = await testErrors(ready, condition, fitter.estimates);
  measures.push(...errors);
  ready.dispose?.();
  const files = new Map([[MEASURES_FILE, encodeMeasures(measures)]]);
  if (input.keepEstimates) {
    for (const [snr, found] of estimates)
      files.set(estimatesFile(snr), estimatesToNpy(found).get('estimates.npy')!);
  }
  const place = { experiment, method: name, factors: { ...condition.factors, run } };
  return {
    rows: measures.map((measure) => measureRow(place, measure)),
    facts: { seed, backend, ...(backendReason ? { backendReason } : {}) },
    files,
  };
}
