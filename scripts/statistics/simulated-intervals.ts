import { mean } from 'simple-statistics';
import { centredByRegion, correlation, slopeOnTruth } from '../../src/agreement/agreement-with-truth.ts';
import { blandAltmanBySubject } from '../../src/agreement/bland-altman.ts';
import { ICC_FORMS, intraclassCorrelations } from '../../src/agreement/icc.ts';
import { meanSquares, meanSquaresWithin } from '../../src/agreement/mean-squares.ts';
import { takeTargets, type Ratings } from '../../src/agreement/ratings.ts';
import { subjectJackknife } from '../../src/agreement/subject-jackknife.ts';
import {
  betweenSubjectCv,
  meanRegionCv,
  repeatabilityCoefficient,
  withinSubjectCv,
} from '../../src/agreement/variation.ts';
import type { ErrorSample, Interval } from '../../src/contracts/metric.ts';
import {
  biasInterval,
  medianAbsoluteErrorInterval,
  nrmseInterval,
  rmseInterval,
  rmseRatioInterval,
  sdInterval,
} from '../../src/metrics/intervals/closed-forms.ts';
import { networkCv } from '../../src/metrics/runs/network-cv.ts';
import {
  geometricMeanOverRuns,
  meanOverRuns,
  medianOverRuns,
  ratioOfMedians,
  type OverRuns,
} from '../../src/metrics/runs/over-runs.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';
import {
  CORRELATION_RATIO,
  FISHER,
  LOGARITHMIC,
  PLAIN,
  RECIPROCAL_SQUARE,
  type Scale,
} from '../../src/statistics/jackknife.ts';
import { normalCdf } from '../../src/statistics/normal.ts';
import { shareInterval } from '../../src/statistics/share-interval.ts';

/** Intervals of one kind of study, computed for studies drawn from a population whose true values are known. */
export interface SimulatedStudy {
  /** What is drawn, with its size. */
  readonly name: string;
  /** True values by statistic. */
  readonly truth: Readonly<Record<string, number>>;
  /** How each interval is computed, in a few words. */
  readonly methods: Readonly<Record<string, string>>;
  /** Draws one study and returns the interval of each statistic. */
  draw(random: Mt19937): Readonly<Record<string, Interval>>;
}

/** Share of the intervals that hold the true value, by statistic. */
export function coverageOf(study: SimulatedStudy, studies: number, seed: number): Map<string, number> {
  const random = new Mt19937(seed);
  const held = new Map(Object.keys(study.truth).map((name) => [name, 0]));
  for (let i = 0; i < studies; i++) {
    const drawn = study.draw(random);
    for (const [name, { low, high }] of Object.entries(drawn)) {
      const truth = study.truth[name];
      held.set(name, held.get(name)! + Number(low <= truth && truth <= high));
    }
  }
  return new Map([...held].map(([name, count]) => [name, count / studies]));
}

// --- people, regions and readers ------------------------------------------------------------------------------------------

/** Region means, and the coefficient of variation between people in each. */
const MEANS = [1.25, 1.1, 1.4, 0.9, 1.95, 1.8];
const CVS = [0.08, 0.1, 0.15, 0.12, 0.2, 0.09];
/** Correlation of what a person's regions share, of readings and of estimates alike. */
const SHARED = 0.5;
/** Standard deviations of a reading, and of what an estimate adds to the truth. */
const READING = 0.06;
const ESTIMATE = 0.08;
const READER_BIAS = [0.02, -0.02];
const SLOPE = 0.7;
const OFFSET = 0.3;

interface Drawn {
  readonly subjects: readonly number[];
  readonly regions: readonly string[];
  readonly ratings: Ratings;
  readonly truths: readonly number[];
  readonly estimates: readonly number[];
}

function drawPeople(people: number, random: Mt19937): Drawn {
  const subjects: number[] = [];
  const regions: string[] = [];
  const truths: number[] = [];
  const estimates: number[] = [];
  const values = new Float64Array(people * MEANS.length * 2);
  const part = (own: number) => Math.sqrt(SHARED) * own + Math.sqrt(1 - SHARED) * random.gaussian();
  for (let i = 0, at = 0; i < people; i++) {
    const [ofPerson, ofEstimate, ...ofReadings] = Array.from({ length: 4 }, () => random.gaussian());
    for (let r = 0; r < MEANS.length; r++) {
      const truth = MEANS[r] * (1 + CVS[r] * part(ofPerson));
      subjects.push(i);
      regions.push(`region ${r}`);
      truths.push(truth);
      estimates.push(OFFSET + SLOPE * truth + ESTIMATE * part(ofEstimate));
      for (let j = 0; j < 2; j++) values[at++] = truth + READER_BIAS[j] + READING * part(ofReadings[j]);
    }
  }
  return {
    subjects,
    regions,
    truths,
    estimates,
    ratings: { targets: subjects.length, raters: 2, values },
  };
}

interface OfPeople {
  readonly method: string;
  readonly scale: Scale;
  readonly corrected?: true;
  readonly of: (drawn: Drawn, places: Uint32Array) => number;
}

const picked = <T>(values: readonly T[], places: Uint32Array): T[] => Array.from(places, (i) => values[i]);
const rated =
  (of: (ratings: Ratings, regions: string[]) => number): OfPeople['of'] =>
  ({ ratings, regions }, places) =>
    of(takeTargets(ratings, places), picked(regions, places));
const compared =
  (of: (estimates: number[], truths: number[], regions: string[]) => number): OfPeople['of'] =>
  ({ estimates, truths, regions }, places) =>
    of(picked(estimates, places), picked(truths, places), picked(regions, places));

const OF_PEOPLE: Readonly<Record<string, OfPeople>> = {
  'CV, one region': {
    method: 'jackknife of log CV over people, less its bias',
    scale: LOGARITHMIC,
    corrected: true,
    of: ({ truths, regions }, places) =>
      betweenSubjectCv(
        picked(
          truths,
          places.filter((i) => regions[i] === 'region 0'),
        ),
      ),
  },
  'CV, mean over regions': {
    method: 'jackknife of log CV over people, less its bias',
    scale: LOGARITHMIC,
    corrected: true,
    of: ({ truths, regions, subjects }, places) =>
      meanRegionCv(
        Array.from(places, (i) => ({ subject: String(subjects[i]), region: regions[i], value: truths[i] })),
      ),
  },
  'CV within subjects': {
    method: 'jackknife of one over its square over people',
    scale: RECIPROCAL_SQUARE,
    of: rated(withinSubjectCv),
  },
  repeatability: {
    method: 'jackknife of one over its square over people',
    scale: RECIPROCAL_SQUARE,
    of: rated(repeatabilityCoefficient),
  },
  ...Object.fromEntries(
    ICC_FORMS.flatMap((form) => [
      [
        form.name,
        {
          method: 'jackknife of F over people',
          scale: form.scale(2, 'plain'),
          of: rated((ratings) => form.value(meanSquares(ratings))),
        },
      ],
      [
        `${form.name} within regions`,
        {
          method: 'jackknife of log F over people',
          scale: form.scale(2, 'log'),
          of: rated((ratings, regions) => form.value(meanSquaresWithin(ratings, regions)!)),
        },
      ],
    ]),
  ),
  'correlation with the truth': {
    method: 'jackknife of (1 + r) / (1 − r) over people',
    scale: CORRELATION_RATIO,
    of: compared(correlation),
  },
  'correlation within regions': {
    method: 'jackknife of Fisher’s z over people',
    scale: FISHER,
    of: compared((e, t, regions) => correlation(centredByRegion(e, regions), centredByRegion(t, regions))),
  },
  'slope on the truth': { method: 'jackknife over people', scale: PLAIN, of: compared(slopeOnTruth) },
  'slope within regions': {
    method: 'jackknife over people',
    scale: PLAIN,
    of: compared((e, t, regions) => slopeOnTruth(centredByRegion(e, regions), centredByRegion(t, regions))),
  },
  'bias of region means': {
    method: 'jackknife over people',
    scale: PLAIN,
    of: compared((e, t) => mean(e.map((each, i) => each - t[i]))),
  },
  'RMSE of region means': {
    method: 'jackknife of its log over people',
    scale: LOGARITHMIC,
    of: compared((e, t) => Math.sqrt(mean(e.map((each, i) => (each - t[i]) ** 2)))),
  },
};

/** Enough people for the true value of statistics without a formula, to a tenth of the interval's width and better. */
const MANY_PEOPLE = 20_000;

/** @param people the study has 10, with six regions each */
export function studyOfPeople(people: number): SimulatedStudy {
  const everybody = drawPeople(MANY_PEOPLE, new Mt19937(1));
  const all = Uint32Array.from(everybody.subjects.keys());
  const difference = READER_BIAS[0] - READER_BIAS[1];
  const limit = 1.96 * Math.SQRT2 * READING;
  const columns = ({ values }: Ratings) =>
    [0, 1].map((j) => values.filter((_, at) => at % 2 === j)) as [Float64Array, Float64Array];
  const ofDifferences = 'jackknife over people; limits by MOVER';
  return {
    name: `${people} people, 6 regions, 2 readers`,
    truth: {
      ...Object.fromEntries(Object.entries(OF_PEOPLE).map(([name, { of }]) => [name, of(everybody, all)])),
      'CV, one region': CVS[0],
      'CV, mean over regions': mean(CVS),
      'Bland-Altman bias': difference,
      'Bland-Altman lower limit': difference - limit,
      'Bland-Altman upper limit': difference + limit,
    },
    methods: {
      ...Object.fromEntries(Object.entries(OF_PEOPLE).map(([name, { method }]) => [name, method])),
      'Bland-Altman bias': ofDifferences,
      'Bland-Altman lower limit': ofDifferences,
      'Bland-Altman upper limit': ofDifferences,
    },
    draw(random) {
      const drawn = drawPeople(people, random);
      const { bias, lower, upper } = blandAltmanBySubject(...columns(drawn.ratings), drawn.subjects);
      return {
        ...Object.fromEntries(
          Object.entries(OF_PEOPLE).map(([name, { of, scale, corrected }]) => [
            name,
            subjectJackknife(drawn.subjects, (places) => of(drawn, places), scale, corrected),
          ]),
        ),
        'Bland-Altman bias': bias,
        'Bland-Altman lower limit': lower,
        'Bland-Altman upper limit': upper,
      };
    },
  };
}

/** Ratings of independent targets, as `ivim-bench icc` takes them: intervals from the F distribution. */
export function studyOfTargets(targets: number): SimulatedStudy {
  const [between, error] = [1, 0.5];
  const ratio = (2 * between ** 2) / error ** 2 + 1;
  const single = (ratio - 1) / (ratio + 1);
  const average = 1 - 1 / ratio;
  const forms = ICC_FORMS.map(({ name }) => name);
  return {
    name: `${targets} independent targets, 2 raters`,
    truth: Object.fromEntries(forms.map((name) => [name, name.endsWith('k') ? average : single])),
    methods: Object.fromEntries(forms.map((name) => [name, 'F distribution'])),
    draw(random) {
      const values = new Float64Array(2 * targets);
      for (let i = 0; i < targets; i++) {
        const own = between * random.gaussian();
        for (let j = 0; j < 2; j++) values[2 * i + j] = own + error * random.gaussian();
      }
      const found = intraclassCorrelations(meanSquares({ targets, raters: 2, values }));
      return Object.fromEntries(found.map(({ form, low, high }) => [form, { low, high }]));
    },
  };
}

// --- voxels ---------------------------------------------------------------------------------------------------------------

/**
 * Errors as least squares makes them: most are normal, some end at a bound far away. Their distribution depends on the truth as it
 * does there, and the second fitter's errors are related to the first's.
 */
const FAR = 0.08;
const AT_BOUND = 9;

function voxelErrors(voxels: number, random: Mt19937) {
  const truth = new Float64Array(voxels);
  const [one, other] = [new Float64Array(voxels), new Float64Array(voxels)];
  for (let i = 0; i < voxels; i++) {
    truth[i] = 1 + 3 * random.uniform();
    const shared = random.gaussian();
    const far = random.uniform() < FAR;
    one[i] = truth[i] + (far ? AT_BOUND - truth[i] : 0.1 + 0.5 * (shared + random.gaussian()));
    other[i] = truth[i] + 0.3 * shared + 0.6 * random.gaussian();
  }
  const sample = (estimate: Float64Array): ErrorSample => ({ parameter: 'Dp', truth, estimate });
  return { one: sample(one), other: sample(other) };
}

const OF_VOXELS: Readonly<Record<string, (one: ErrorSample, other: ErrorSample) => Interval | null>> = {
  rmse: rmseInterval,
  nrmse: nrmseInterval,
  bias: biasInterval,
  sd: sdInterval,
  'median absolute error': medianAbsoluteErrorInterval,
  'rmse ratio': rmseRatioInterval,
};
const SHARES = { 'share of 0.1 %': 0.001, 'share of 5 %': 0.05, 'share of 95 %': 0.95 };

/** The argument from 0 to 5, where far errors begin, at which an increasing function has a value. */
function bisect(increasing: (x: number) => number, value: number): number {
  let [low, high] = [0, 5];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (increasing(middle) < value) low = middle;
    else high = middle;
  }
  return low;
}

/** @param voxels the study has 10,000 */
export function studyOfVoxels(voxels: number): SimulatedStudy {
  // Moments of the mixture: truth has mean 2.5 and variance 3/4, errors near the truth mean 0.1 and variance 1/2.
  const square = FAR * ((AT_BOUND - 2.5) ** 2 + 0.75) + (1 - FAR) * (0.1 ** 2 + 0.5);
  const average = FAR * (AT_BOUND - 2.5) + (1 - FAR) * 0.1;
  const within = (m: number) =>
    (1 - FAR) * (normalCdf((m - 0.1) / Math.SQRT1_2) - normalCdf((-m - 0.1) / Math.SQRT1_2));
  const delta = 'delta method with skewness';
  return {
    name: `${voxels.toLocaleString('en')} voxels`,
    truth: {
      rmse: Math.sqrt(square),
      nrmse: Math.sqrt(square) / 2.5,
      bias: average,
      sd: Math.sqrt(square - average ** 2),
      'median absolute error': bisect(within, 0.5),
      'rmse ratio': Math.sqrt(square / (0.3 ** 2 + 0.6 ** 2)),
      ...SHARES,
    },
    methods: {
      ...{ rmse: delta, nrmse: delta, bias: delta, sd: delta, 'rmse ratio': delta },
      'median absolute error': 'order statistics',
      ...Object.fromEntries(Object.keys(SHARES).map((name) => [name, 'Wilson'])),
    },
    draw(random) {
      const drawn = voxelErrors(voxels, random);
      const none = { low: NaN, high: NaN };
      return {
        ...Object.fromEntries(
          Object.entries(OF_VOXELS).map(([name, of]) => [name, of(drawn.one, drawn.other) ?? none]),
        ),
        ...Object.fromEntries(
          Object.entries(SHARES).map(([name, share]) => {
            let count = 0;
            for (let i = 0; i < voxels; i++) if (random.uniform() < share) count++;
            return [name, shareInterval(count, voxels)];
          }),
        ),
      };
    },
  };
}

// --- trainings ------------------------------------------------------------------------------------------------------------

/** RMSE over trainings: log-normal, some far worse. */
const rmseOfRun = (random: Mt19937, middle: number): number =>
  middle * Math.exp(0.15 * random.gaussian() + (random.uniform() < 0.1 ? 0.5 : 0));

/** @param runs the study has 10 of each condition, and CV_NET of 50 networks */
export function studyOfRuns(runs: number, networks: number): SimulatedStudy {
  const many = Array.from(
    { length: 400_001 },
    (() => {
      const random = new Mt19937(3);
      return () => rmseOfRun(random, 1);
    })(),
  ).sort((a, b) => a - b);
  const middle = many[many.length >> 1];
  const voxels = 60;
  const spread = 0.3;
  const interval = ({ ciLow, ciHigh }: OverRuns): Interval => ({ low: ciLow, high: ciHigh });
  return {
    name: `${runs} trainings; CV_NET of ${networks} networks`,
    truth: {
      'median over runs': middle,
      'ratio of medians': 1 / 1.2,
      'mean over runs': 0.2,
      'geometric mean over levels': 1,
      // Of as many networks, whose mean takes up one degree of freedom.
      CV_NET: spread * Math.sqrt((networks - 1) / networks),
    },
    methods: {
      'median over runs': 'order statistics, interpolated',
      'ratio of medians': 'MOVER of both logs',
      'mean over runs': 'Student',
      'geometric mean over levels': 'Student of the mean log',
      CV_NET: 'jackknife of its log over networks',
    },
    draw(random) {
      const values = Array.from({ length: runs }, () => rmseOfRun(random, 1));
      const others = Array.from({ length: runs }, () => rmseOfRun(random, 1.2));
      const estimates = Array.from({ length: networks }, () =>
        Float64Array.from({ length: voxels }, () => 1 + spread * random.gaussian()),
      );
      return {
        'median over runs': interval(medianOverRuns(values)),
        'ratio of medians': interval(ratioOfMedians(values, others)),
        'mean over runs': interval(
          meanOverRuns(Array.from({ length: networks }, () => 0.2 + 0.1 * random.gaussian())),
        ),
        'geometric mean over levels': interval(
          geometricMeanOverRuns(Array.from({ length: runs }, () => Math.exp(0.15 * random.gaussian()))),
        ),
        CV_NET: interval(networkCv(estimates, new Float64Array(voxels).fill(1))),
      };
    },
  };
}
