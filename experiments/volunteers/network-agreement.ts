import { icc2 } from '../../src/agreement/icc.ts';
import { meanSquares } from '../../src/agreement/mean-squares.ts';
import { subjectJackknife } from '../../src/agreement/subject-jackknife.ts';
import { meanRegionCv } from '../../src/agreement/variation.ts';
import { meanOverSubjects } from '../../src/image-metrics/mean-over-subjects.ts';
import {
  NETWORK_CV,
  NETWORK_CV_DIFFERENCE,
  NETWORK_ICC2,
  NETWORK_ICC2_DIFFERENCE,
  NETWORK_READER,
  NETWORK_REGION_DIFFERENCE,
} from '../../src/measures/network-reader.ts';
import { LOGARITHMIC, PLAIN } from '../../src/statistics/jackknife.ts';
import type { Statistic } from './agreement-rows.ts';
import type { RatedRegions } from './rated-regions.ts';

/**
 * How a network agrees with the readers, beside the readers with each other, and whether people differ as much by its regions: over the regions of people
 * that all of them have marked.
 * @param rated by the readers and by the network
 */
export function networkAgreement({ targets, ratings }: RatedRegions): Statistic[] {
  const { raters, values, raterNames = [] } = ratings;
  const own = raterNames.indexOf(NETWORK_READER);
  const readers = [...raterNames.keys()].filter((rater) => rater !== own);
  const kept = [...targets.keys()].filter(
    (i) => !values.subarray(i * raters, (i + 1) * raters).some(Number.isNaN),
  );
  const subjects = kept.map((i) => targets[i].subject);
  if (own < 0 || readers.length < 2 || new Set(subjects).size < 3) return [];
  const value = (place: number, rater: number) => values[kept[place] * raters + rater];
  const iccOf = (some: readonly number[], places: ArrayLike<number>): number =>
    places.length < 2
      ? NaN
      : icc2.value(
          meanSquares({
            ...{ targets: places.length, raters: some.length },
            values: Float64Array.from(
              Array.from(places).flatMap((place) => some.map((rater) => value(place, rater))),
            ),
          }),
        );
  const cvOf = (of: (place: number) => number, places: ArrayLike<number>): number =>
    100 * meanRegionCv(Array.from(places, (place) => ({ ...targets[kept[place]], value: of(place) })));
  const meanOfReaders = (place: number) =>
    readers.reduce((sum, rater) => sum + value(place, rater), 0) / readers.length;
  const n = kept.length;
  const people = new Set(subjects).size;
  const over = (
    metric: string,
    statistic: (places: ArrayLike<number>) => number,
    {
      scale = PLAIN,
      ...more
    }: { scale?: typeof PLAIN; n?: number; unit?: string; factors?: Statistic['factors'] } = {},
  ): Statistic => {
    const found = subjectJackknife(subjects, statistic, scale);
    return { metric, n, value: found.value, ciLow: found.low, ciHigh: found.high, ...more };
  };
  const regions = [...new Set(kept.map((i) => targets[i].region))];
  return [
    ...readers.map((rater) =>
      over(NETWORK_ICC2.name, (places) => iccOf([rater, own], places), {
        scale: icc2.scale(2, 'plain'),
        factors: { reader: raterNames[rater] },
      }),
    ),
    over(
      NETWORK_ICC2_DIFFERENCE.name,
      (places) =>
        readers.reduce((sum, rater) => sum + iccOf([rater, own], places), 0) / readers.length -
        iccOf(readers, places),
    ),
    over(NETWORK_CV.name, (places) => cvOf((place) => value(place, own), places), {
      ...{ scale: LOGARITHMIC, n: people, unit: '%' },
    }),
    over(
      NETWORK_CV_DIFFERENCE.name,
      (places) => cvOf((place) => value(place, own), places) - cvOf(meanOfReaders, places),
      { n: people, unit: '%' },
    ),
    ...regions.map((region): Statistic => {
      const here = kept.flatMap((i, place) => (targets[i].region === region ? [place] : []));
      // Of the mean over people: that of one person may be near 0, as f is.
      const level = here.reduce((sum, place) => sum + meanOfReaders(place), 0) / here.length;
      const found = meanOverSubjects(
        here.map((place) => (100 * (value(place, own) - meanOfReaders(place))) / level),
      );
      return {
        ...{ metric: NETWORK_REGION_DIFFERENCE.name, factors: { region }, unit: '%', n: found.n },
        ...{ value: found.value, ciLow: found.low, ciHigh: found.high },
      };
    }),
  ];
}
