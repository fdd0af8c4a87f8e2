import { blandAltman } from '../../src/agreement/bland-altman.ts';
import { completeRatings, takeTargets } from '../../src/agreement/ratings.ts';
import type { Ratings } from '../../src/agreement/ratings.ts';
import { ICC_FORMS, intraclassCorrelations } from '../../src/agreement/icc.ts';
import { meanSquares } from '../../src/agreement/mean-squares.ts';
import { repeatabilityCoefficient, withinSubjectCv } from '../../src/agreement/variation.ts';
import { subjectBootstrap, type BootstrapOptions } from '../../src/agreement/subject-bootstrap.ts';
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
 * Computes the agreement between readers over all regions of all subjects: the six intraclass correlations with intervals from
 * the F distribution and from a bootstrap over subjects; the variation within subjects; and Bland and Altman's bias and limits
 * for every pair of readers. Regions that a reader lacks are skipped.
 * @param unit of the parameter
 */
export function readerAgreement(
  { targets, ratings }: RatedRegions,
  unit: string,
  bootstrap: BootstrapOptions,
): Agreement {
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
  const subjectOf = completeTargets(ratings).map((i) => targets[i].subject);
  const overSubjects = (statistic: (some: Ratings) => number) => {
    const { value, low, high } = subjectBootstrap(
      subjectOf,
      (places) => statistic(takeTargets(complete, places)),
      bootstrap,
    );
    return { value, ciLow: low, ciHigh: high };
  };
  const n = complete.targets;
  const squares = meanSquares(complete);
  const correlations = intraclassCorrelations(squares);
  const [oneWay, twoWay] = ['icc1', 'icc2'].map((form) => correlations.find((icc) => icc.form === form)!);
  return {
    notes,
    rows: [
      ...correlations.map(({ form, value, low, high }) => ({
        metric: form,
        value,
        ciLow: low,
        ciHigh: high,
        n,
      })),
      ...ICC_FORMS.map((form) => ({
        metric: bootstrapOf(form.name),
        ...overSubjects((some) => form.value(meanSquares(some))),
        n,
      })),
      { metric: F_ONE_WAY.name, value: oneWay.f, n },
      { metric: P_ONE_WAY.name, value: oneWay.p, n },
      { metric: F_TWO_WAY.name, value: twoWay.f, n },
      { metric: P_TWO_WAY.name, value: twoWay.p, n },
      { metric: WCV_PERCENT.name, ...overSubjects((some) => 100 * withinSubjectCv(some)), unit: '%', n },
      { metric: REPEATABILITY.name, ...overSubjects(repeatabilityCoefficient), unit, n },
      ...pairs(raters).flatMap(([a, b]) => differences(complete, a, b, unit, raterNames)),
    ],
  };
}

const bootstrapOf = (form: string): string => ICC_MEASURES.find(({ name }) => name === form)!.bootstrap.name;

function differences(
  ratings: Ratings,
  a: number,
  b: number,
  unit: string,
  names: readonly string[],
): Statistic[] {
  const column = (rater: number) =>
    Float64Array.from({ length: ratings.targets }, (_, i) => ratings.values[i * ratings.raters + rater]);
  const { n, bias, lower, upper } = blandAltman(column(a), column(b));
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
