import type { PreparedFitter } from '../../src/contracts/fitter.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { allocateEstimates, PARAMETERS, type Estimates, type Signals } from '../../src/contracts/voxels.ts';
import { resampleCounts } from '../../src/metrics/resampling/resample-counts.ts';
import { rmseRatio } from '../../src/metrics/resampling/rmse-ratio.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { errorStatistics, summingKernel } from '../simulated/error-statistics.ts';
import { fitterCalled } from '../simulated/fitter-in-use.ts';
import { withInputGuard } from '../simulated/untouched.ts';
import { simulate, testRecipe } from '../simulated/voxel-sets.ts';
import { underCondition, type TransferConfig } from './config.ts';

/** Whose errors are told, trained where, used where. */
interface Place {
  readonly fitter: string;
  readonly from?: string;
  readonly on: string;
  readonly voxels?: number;
}

/**
 * RMSE of a fitter on the test voxels of one condition, and its ratio to that of one trained for it
 * (`rmse_ratio`), at every noise level.
 */
export async function errorRows(
  config: TransferConfig,
  { fitter, from, on, voxels = 0 }: Place,
  ready: PreparedFitter,
  own?: PreparedFitter,
): Promise<Row[]> {
  const under = underCondition(config, on);
  const { resamples } = config.statistics;
  const seed = deriveSeed(config.seed, 'bootstrap');
  const parameters = (await fitterCalled(fitter, config)).fitter.estimates ?? PARAMETERS;
  const rows: Row[] = [];
  for (const { sigma, snr } of config.data.noise) {
    const { signals, truth } = simulate(testRecipe(under, sigma));
    const estimates = await fitted(ready, signals);
    const reference = own && (await fitted(own, signals));
    const row = (
      statistic: Pick<Row, 'parameter' | 'metric' | 'value' | 'ciLow' | 'ciHigh' | 'unit'>,
    ): Row => ({
      ...statistic,
      experiment: 'transfer',
      method: fitter,
      factors: { ...(from === undefined ? {} : { trained_on: from }), used_on: on, tuned_on: voxels, snr },
      n: signals.n,
    });
    const errors = await errorStatistics(estimates, truth, { parameters, resamples, seed });
    rows.push(...errors.filter(({ metric }) => metric === 'rmse').map(row));
    if (!reference) continue;
    const counts = resampleCounts(signals.n, resamples, seed);
    const kernel = summingKernel();
    for (const parameter of parameters) {
      const sample = (of: Estimates) => ({
        parameter,
        estimate: of[parameter],
        truth: truth[parameter],
        ...(kernel && { kernel }),
      });
      const ratio = rmseRatio(sample(estimates), sample(reference), counts);
      rows.push(row({ ...ratio, parameter, metric: 'rmse_ratio', unit: '' }));
    }
  }
  return rows;
}

async function fitted(ready: PreparedFitter, signals: Signals): Promise<Estimates> {
  const estimates = allocateEstimates(signals.n, { sd: true, quantiles: true });
  await withInputGuard([signals], () => ready.fit(signals, estimates));
  return estimates;
}
