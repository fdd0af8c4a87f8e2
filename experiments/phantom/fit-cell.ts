import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import { allocateEstimates } from '../../src/contracts/voxels.ts';
import { estimatesToNpy } from '../../src/data/estimates-npy.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import type { PhantomConfig } from './config.ts';
import { errorRows } from './error-rows.ts';
import { fitterCalled, preparedBefore } from './fitter-in-use.ts';
import { simulate, testRecipe } from './voxel-sets.ts';

/** Fits the test voxels of one noise level and measures the errors. Keeps the estimates. */
export async function fitCell(cell: Cell, config: PhantomConfig, context: RunContext): Promise<CellResult> {
  const { fitter, sigma, snr } = cell.input as { fitter: string; sigma: number; snr: number };
  const { signals, truth } = simulate(testRecipe(config, sigma));
  const ready = await preparedBefore(config, fitter, context, cell.needs[0]);
  const estimates = allocateEstimates(signals.n);
  await ready.fit(signals, estimates);
  ready.dispose?.();
  const rows = await errorRows(estimates, truth, {
    fitter,
    parameters: (await fitterCalled(fitter, config)).fitter.estimates,
    snr,
    resamples: config.statistics.resamples,
    // The same resamples at every noise level and for every fitter: differences between rows are not theirs.
    seed: deriveSeed(config.seed, 'bootstrap'),
  });
  return { rows, files: estimatesToNpy(estimates) };
}
