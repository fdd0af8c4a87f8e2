import { centredByRegion, correlation, slopeOnTruth } from '../../src/agreement/agreement-with-truth.ts';
import { subjectJackknife } from '../../src/agreement/subject-jackknife.ts';
import { CORRELATION_RATIO, FISHER, LOGARITHMIC, PLAIN, type Scale } from '../../src/statistics/jackknife.ts';
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
export function againstTruth(estimated: RatedRegions, truth: RatedRegions, unit: string): Statistic[] {
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
    scale: Scale,
    shownUnit = '',
  ): Statistic => {
    const { value, low, high } = subjectJackknife(
      pairs.map(({ subject }) => subject),
      (places) => {
        if (places.length < 2) return NaN;
        const some = Array.from(places, (place) => pairs[place]);
        return of(
          some.map(({ estimate }) => estimate),
          some.map((pair) => pair.truth),
          some.map(({ region }) => region),
        );
      },
      scale,
    );
    return { metric, value, ciLow: low, ciHigh: high, unit: shownUnit, n: pairs.length };
  };
  return [
    statistic(CORRELATION_WITH_TRUTH, correlation, CORRELATION_RATIO),
    statistic(SLOPE_ON_TRUTH, slopeOnTruth, PLAIN),
    statistic(
      CORRELATION_WITHIN_REGIONS,
      (estimates, truths, regions) =>
        correlation(centredByRegion(estimates, regions), centredByRegion(truths, regions)),
      FISHER,
    ),
    statistic(
      SLOPE_WITHIN_REGIONS,
      (estimates, truths, regions) =>
        slopeOnTruth(centredByRegion(estimates, regions), centredByRegion(truths, regions)),
      PLAIN,
    ),
    statistic(ROI_BIAS, meanDifference, PLAIN, unit),
    statistic(ROI_RMSE, rootMeanSquare, LOGARITHMIC, unit),
  ];
}

const key = ({ subject, region }: { subject: string; region: string }): string =>
  JSON.stringify([subject, region]);

const meanDifference = (estimates: readonly number[], truths: readonly number[]): number =>
  estimates.reduce((sum, estimate, i) => sum + estimate - truths[i], 0) / estimates.length;

const rootMeanSquare = (estimates: readonly number[], truths: readonly number[]): number =>
  Math.sqrt(estimates.reduce((sum, estimate, i) => sum + (estimate - truths[i]) ** 2, 0) / estimates.length);
