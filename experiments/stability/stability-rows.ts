import { NRMSE } from '../../src/measures/errors.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { networkCv } from '../../src/metrics/runs/network-cv.ts';
import { meanOverRuns, medianOverRuns } from '../../src/metrics/runs/over-runs.ts';
import { rankCorrelation } from '../../src/metrics/runs/rank-correlation.ts';
import type { ConditionRuns } from '../../src/repeated/finished-run.ts';
import type { Summary } from '../../src/repeated/measures.ts';
import { noiseFactors } from '../../src/simulated/noise-name.ts';
import { testVoxels } from '../../src/simulated/voxels.ts';
import {
  CV_NET,
  MEAN_RANK_CORRELATION_DP_F,
  MEDIAN_NRMSE,
  RANK_CORRELATION_DP_F,
} from '../../src/measures/repeated-trainings.ts';

/**
 * Computes, per noise level, CV_NET and median NRMSE of each parameter, and the correlation of Dp and f in the estimates of a
 * network.
 */
export async function stabilityRows({
  condition: { protocol, data },
  runs,
}: ConditionRuns): Promise<Summary[]> {
  const rows: Summary[] = [];
  for (const noise of data.noise) {
    const level = noiseFactors(noise);
    const { truth } = testVoxels(protocol, data, noise.sigma);
    const estimates = await Promise.all(runs.map((run) => run.estimates(noise)));
    for (const parameter of PARAMETERS) {
      const place = { parameter, factors: level, n: runs.length };
      const columns = estimates.map((run) => run[parameter]);
      const errors = runs.map((run) => run.at({ metric: NRMSE.name, parameter, ...level }));
      rows.push(
        { ...place, metric: CV_NET.name, ...networkCv(columns, truth[parameter]) },
        { ...place, metric: MEDIAN_NRMSE.name, ...medianOverRuns(errors) },
      );
    }
    const together = estimates.map(({ Dp, f }) => rankCorrelation(Dp, f));
    together.forEach((value, r) =>
      rows.push({ metric: RANK_CORRELATION_DP_F.name, factors: { ...level, run: r + 1 }, value, n: truth.n }),
    );
    // The published values are means of absolute values.
    rows.push({
      metric: MEAN_RANK_CORRELATION_DP_F.name,
      factors: level,
      n: runs.length,
      ...meanOverRuns(together.map(Math.abs)),
    });
  }
  return rows;
}
