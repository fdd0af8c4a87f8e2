import { centredByRegion, correlation, slopeOnTruth } from '../../src/agreement/agreement-with-truth.ts';
import { subjectBootstrap, type BootstrapOptions } from '../../src/agreement/subject-bootstrap.ts';
import type { Measure } from '../../src/measures/measure.ts';
import {
  CORRELATION_WITH_TRUTH,
  CORRELATION_WITHIN_REGIONS,
  ROI_BIAS,
  ROI_RMSE,
  SLOPE_ON_TRUTH,
  SLOPE_WITHIN_REGIONS,
} from '../../src/measures/regions.ts';
import type { Statistic } from './agreement-rows.ts';
import type { RatedRegions } from './rated-regions.ts';

/** Estimated and true mean of one region of one subject, each averaged over the readers. */
interface Pair {
  readonly subject: string;
  readonly region: string;
  readonly estimate: number;
  readonly truth: number;
}

/**
 * Compares estimated region means with the true ones, which is impossible for real people: correlation with and slope on the
 * truth, over all regions and within regions, which leaves differences between subjects (`…_within_regions`); bias and RMSE. A
 * fitter that returns nearly the same values for everybody has a small CV, and a small slope here.
 */
export function againstTruth(
  estimated: RatedRegions,
  truth: RatedRegions,
  unit: string,
  bootstrap: BootstrapOptions,
): Statistic[] {
  const known = new Map(truth.targets.map((target, i) => [key(target), truth.means[i]]));
  const pairs = estimated.targets
    .map((target, i): Pair => ({
      ...target,
      estimate: estimated.means[i],
      truth: known.get(key(target)) ?? NaN,
    }))
    .filter((pair) => Number.isFinite(pair.estimate) && Number.isFinite(pair.truth));
  if (new Set(pairs.map(({ subject }) => subject)).size < 2) return [];
  const statistic = (
    { name: metric }: Measure,
    of: (estimates: number[], truths: number[], regions: string[]) => number,
    shownUnit = '',
  ): Statistic => {
    const { value, low, high } = subjectBootstrap(
      pairs.map(({ subject }) => subject),
      (places) => {
        const some = Array.from(places, (place) => pairs[place]);
        return of(
          some.map(({ estimate }) => estimate),
          some.map((pair) => pair.truth),
          some.map(({ region }) => region),
        );
      },
      bootstrap,
    );
    return { metric, value, ciLow: low, ciHigh: high, unit: shownUnit, n: pairs.length };
  };
  return [
    statistic(CORRELATION_WITH_TRUTH, correlation),
    statistic(SLOPE_ON_TRUTH, slopeOnTruth),
    statistic(CORRELATION_WITHIN_REGIONS, (estimates, truths, regions) =>
      correlation(centredByRegion(estimates, regions), centredByRegion(truths, regions)),
    ),
    statistic(SLOPE_WITHIN_REGIONS, (estimates, truths, regions) =>
      slopeOnTruth(centredByRegion(estimates, regions), centredByRegion(truths, regions)),
    ),
    statistic(ROI_BIAS, meanDifference, unit),
    statistic(ROI_RMSE, rootMeanSquare, unit),
  ];
}

const key = ({ subject, region }: { subject: string; region: string }): string =>
  JSON.stringify([subject, region]);

const meanDifference = (estimates: readonly number[], truths: readonly number[]): number =>
  estimates.reduce((sum, estimate, i) => sum + estimate - truths[i], 0) / estimates.length;

const rootMeanSquare = (estimates: readonly number[], truths: readonly number[]): number =>
  Math.sqrt(estimates.reduce((sum, estimate, i) => sum + (estimate - truths[i]) ** 2, 0) / estimates.length);
