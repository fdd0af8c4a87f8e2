import { blandAltmanBySubject } from '../../src/agreement/bland-altman.ts';
import { completeRatings, takeTargets } from '../../src/agreement/ratings.ts';
import type { Ratings } from '../../src/agreement/ratings.ts';
import { ICC_FORMS, intraclassCorrelations } from '../../src/agreement/icc.ts';
import { meanSquares, meanSquaresWithin } from '../../src/agreement/mean-squares.ts';
import { repeatabilityCoefficient, withinSubjectCv } from '../../src/agreement/variation.ts';
import { subjectJackknife } from '../../src/agreement/subject-jackknife.ts';
import { RECIPROCAL_SQUARE, type Scale } from '../../src/statistics/jackknife.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { counted, oneOrMore } from '../../src/wording/counted.ts';
import type { RatedRegions } from './rated-regions.ts';
import {
  BLAND_ALTMAN_BIAS,
  BLAND_ALTMAN_LOWER,
  BLAND_ALTMAN_UPPER,
  ICC_MEASURES,
  F_ONE_WAY,
  F_TWO_WAY,
  P_ONE_WAY,
  P_TWO_WAY,
  REPEATABILITY,
  WCV_PERCENT,
} from '../../src/measures/agreement.ts';

/** A row without the fields that are the same for all statistics. */
export type Statistic = Pick<Row, 'metric' | 'value' | 'n'> & Partial<Row>;

/** Agreement of readers, with notes on omitted data. */
export interface Agreement {
  readonly rows: readonly Statistic[];
  readonly notes: readonly string[];
}

/**
 * Computes the agreement between readers over all regions of all subjects: the six intraclass correlations, over all regions and
 * within regions; the variation within subjects; and Bland and Altman's bias and limits for every pair of readers. All
 * intervals are over subjects, with these regions and these readers. Regions that a reader lacks are skipped.
 * @param unit of the parameter
 */
export function readerAgreement({ targets, ratings }: RatedRegions, unit: string): Agreement {
  const { raters, raterNames = [] } = ratings;
  if (raters < 2)
    return { rows: [], notes: [`regions by ${counted(raters, 'reader')}: no agreement between readers`] };
  const incomplete = countIncomplete(ratings);
  const left = targets.length - incomplete;
  const notes =
    incomplete > 0
      ? [
          `${incomplete} of ${counted(targets.length, 'subject-region pair')} ${oneOrMore(incomplete, 'lacks a reader and is', 'lack a reader and are')} left out of agreement`,
        ]
      : [];
  const subjects = new Set(completeTargets(ratings).map((i) => targets[i].subject));
  if (left < 2 || subjects.size < 2) {
    return {
      rows: [],
      notes: [...notes, `${left} complete pairs are too few for agreement between readers`],
    };
  }
  const complete = completeRatings(ratings, 'drop').ratings;
  const kept = completeTargets(ratings);
  const subjectOf = kept.map((i) => targets[i].subject);
  const regionOf = kept.map((i) => targets[i].region);
  const overSubjects = (statistic: (some: Ratings, regions: string[]) => number, scale: Scale) => {
    const { value, low, high } = subjectJackknife(
      subjectOf,
      (places) =>
        statistic(
          takeTargets(complete, places),
          Array.from(places, (place) => regionOf[place]),
        ),
      scale,
    );
    return { value, ciLow: low, ciHigh: high };
  };
  const n = complete.targets;
  const correlations = intraclassCorrelations(meanSquares(complete));
  const [oneWay, twoWay] = ['icc1', 'icc2'].map((form) => correlations.find((icc) => icc.form === form)!);
  return {
    notes,
    rows: [
      ...ICC_FORMS.map((form) => ({
        metric: form.name,
        // Between organs the targets hardly vary from study to study: F has the error of one over the mean square within.
        ...overSubjects(
          (some) => (some.targets < 2 ? NaN : form.value(meanSquares(some))),
          form.scale(raters, 'plain'),
        ),
        n,
      })),
      ...ICC_FORMS.map((form) => ({
        metric: withinRegionsOf(form.name),
        ...overSubjects(
          (some, regions) => {
            const squares = meanSquaresWithin(some, regions);
            return squares ? form.value(squares) : NaN;
          },
          form.scale(raters, 'log'),
        ),
        n,
      })),
      { metric: F_ONE_WAY.name, value: oneWay.f, n },
      { metric: P_ONE_WAY.name, value: oneWay.p, n },
      { metric: F_TWO_WAY.name, value: twoWay.f, n },
      { metric: P_TWO_WAY.name, value: twoWay.p, n },
      {
        metric: WCV_PERCENT.name,
        ...overSubjects((some) => 100 * withinSubjectCv(some), RECIPROCAL_SQUARE),
        unit: '%',
        n,
      },
      { metric: REPEATABILITY.name, ...overSubjects(repeatabilityCoefficient, RECIPROCAL_SQUARE), unit, n },
      ...pairs(raters).flatMap(([a, b]) => differences(complete, a, b, { unit, raterNames, subjectOf })),
    ],
  };
}

const withinRegionsOf = (form: string): string =>
  ICC_MEASURES.find(({ name }) => name === form)!.withinRegions.name;

interface AboutDifferences {
  readonly unit: string;
  readonly raterNames: readonly string[];
  readonly subjectOf: readonly string[];
}

function differences(
  ratings: Ratings,
  a: number,
  b: number,
  { unit, raterNames: names, subjectOf }: AboutDifferences,
): Statistic[] {
  const column = (rater: number) =>
    Float64Array.from({ length: ratings.targets }, (_, i) => ratings.values[i * ratings.raters + rater]);
  const { n, bias, lower, upper } = blandAltmanBySubject(column(a), column(b), subjectOf);
  const factors = { readers: `${names[a]} - ${names[b]}` };
  const found = [
    [BLAND_ALTMAN_BIAS, bias],
    [BLAND_ALTMAN_LOWER, lower],
    [BLAND_ALTMAN_UPPER, upper],
  ] as const;
  return found.map(([{ name: metric }, { value, low, high }]) => ({
    metric,
    factors,
    value,
    ciLow: low,
    ciHigh: high,
    unit,
    n,
  }));
}

const pairs = (raters: number): [number, number][] =>
  Array.from({ length: raters }, (_, a) =>
    Array.from({ length: raters - 1 - a }, (_, i): [number, number] => [a, a + 1 + i]),
  ).flat();

/** Returns the indices of the targets that every rater rated. */
function completeTargets({ targets, raters, values }: Ratings): number[] {
  return [...Array(targets).keys()].filter(
    (i) => !values.subarray(i * raters, (i + 1) * raters).some(Number.isNaN),
  );
}

const countIncomplete = (ratings: Ratings): number => ratings.targets - completeTargets(ratings).length;
