import type { ErrorSample, Metric, MetricFamily } from '../contracts/metric.ts';
import { RANK_SHARES, type RankShare } from '../measures/intervals.ts';
import { normalCdf } from '../statistics/normal.ts';
import { shareInterval } from '../statistics/share-interval.ts';
import { againstTruth } from './intervals/reported-distribution.ts';
import { oncePer } from './weighted/once-per.ts';
import { failedVoxels, weightSum } from './weighted/weight-sum.ts';

/**
 * The histogram of the truth's rank in the fitter's distribution, as simulation-based calibration has it: if the voxels are drawn from
 * the prior, ranks in a posterior are uniform.
 */
const rankShares: MetricFamily = {
  family: Object.fromEntries(RANK_SHARES.map((measure) => [measure.name, rankShare(measure)])),
};
export default rankShares;

function rankShare({ from, to, ...measure }: RankShare): Metric {
  const outside = oncePer((sample: ErrorSample) => outsideOf(sample, from, to));
  return {
    ...measure,
    needs: 'intervals',
    interval(sample) {
      const { silent, elsewhere } = outside(sample);
      const n = sample.truth.length;
      return shareInterval(n - elsewhere.length, n - silent.length);
    },
    over(sample) {
      const { silent, elsewhere } = outside(sample);
      const n = sample.truth.length;
      return (weights) => weightSum(weights, n, elsewhere) / weightSum(weights, n, silent);
    },
  };
}

/** Probability below the truth in the fitter's distribution, NaN without one. */
const ranksOf = oncePer((sample: ErrorSample) =>
  againstTruth(sample).score.map((z) => (Math.abs(z) > TAIL ? Number(z > 0) : normalCdf(z))),
);

/** Beyond it all ranks are in the outermost bins. */
const TAIL = 3;

/** Indices of the voxels without an interval, and of those that have none or whose rank is in another bin. */
function outsideOf(
  sample: ErrorSample,
  from: number,
  to: number,
): { silent: Uint32Array; elsewhere: Uint32Array } {
  const rank = ranksOf(sample);
  const isIn = (value: number) => value >= from && (value < to || to === 1);
  return {
    silent: failedVoxels(rank),
    elsewhere: failedVoxels(rank.map((value) => (isIn(value) ? value : NaN))),
  };
}
