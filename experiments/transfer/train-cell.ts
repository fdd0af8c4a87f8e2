import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import type { PreparedFitter } from '../../src/contracts/fitter.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { preparationSeed, prepared } from '../simulated/fitter-in-use.ts';
import { underCondition, type TransferConfig } from './config.ts';
import { errorRows } from './error-rows.ts';

/** Trains a network under one condition, keeps the best of its trainings, and measures its errors there. */
export async function trainCell(
  cell: Cell,
  config: TransferConfig,
  context: RunContext,
): Promise<CellResult> {
  const { fitter, on } = cell.input as { fitter: string; on: string };
  let best: PreparedFitter | undefined;
  for (let run = 0; run < config.bestOf; run++) {
    const only = preparationSeed(config, fitter);
    const seed = run === 0 ? only : deriveSeed(only, 'training', run);
    const { onProgress } = context;
    const { ready } = await prepared(underCondition(config, on), fitter, { seed, onProgress });
    if (best && lossOf(best) <= lossOf(ready)) ready.dispose?.();
    else {
      best?.dispose?.();
      best = ready;
    }
  }
  const saved = await best!.save?.();
  const rows = await errorRows(config, { fitter, from: on, on }, best!);
  const { notes = [] } = best!;
  best!.dispose?.();
  return { rows, notes, ...(saved ? { files: saved.files } : {}) };
}

/** Where training ended. */
const lossOf = ({ losses = [] }: PreparedFitter): number => losses.at(-1)?.loss ?? 0;
