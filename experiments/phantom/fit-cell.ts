import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import { allocateEstimates } from '../../src/contracts/voxels.ts';
import { estimatesToNpy } from '../../src/data/estimates-npy.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { implausibleEstimates } from '../simulated/doubtful.ts';
import { errorStatistics } from '../simulated/error-statistics.ts';
import { fitterCalled, preparedBefore } from '../simulated/fitter-in-use.ts';
import { withInputGuard } from '../simulated/untouched.ts';
import { simulate, testRecipe } from '../simulated/voxel-sets.ts';
import type { SimulatedConfig } from '../simulated/config.ts';
import { phantomRow } from './rows.ts';

/** Fits the test voxels of one noise level and measures the errors. Keeps the estimates. */
export async function fitCell(cell: Cell, config: SimulatedConfig, context: RunContext): Promise<CellResult> {
  const { fitter, sigma, snr } = cell.input as { fitter: string; sigma: number; snr: number };
  const { signals, truth } = simulate(testRecipe(config, sigma));
  const ready = await preparedBefore(config, fitter, context, cell.needs[0]);
  const estimates = allocateEstimates(signals.n, { sd: true, quantiles: true });
  await withInputGuard([signals], () => ready.fit(signals, estimates));
  ready.dispose?.();
  const errors = await errorStatistics(estimates, truth, {
    parameters: (await fitterCalled(fitter, config)).fitter.estimates,
    resamples: config.statistics.resamples,
    // The same resamples at every noise level and for every fitter: differences between rows are not theirs.
    seed: deriveSeed(config.seed, 'bootstrap'),
  });
  const rows = errors.map((statistic) => phantomRow({ ...statistic, method: fitter, factors: { snr } }));
  return { rows, files: estimatesToNpy(estimates), notes: implausibleEstimates(estimates) };
}
