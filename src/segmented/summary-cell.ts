import type { Task } from '../contracts/cell.ts';
import { TRUTH, type Row } from '../contracts/metric.ts';
import { meanOverSubjects } from '../image-metrics/mean-over-subjects.ts';
import type { Measure } from '../measures/measure.ts';
import { measuredRow, type RowSubject } from '../measures/measured-rows.ts';
import {
  ALL_REGIONS,
  DICE,
  DICE_DIFFERENCE,
  DICE_OVER_READERS,
  HD95,
  READERS,
  SURFACE_DISTANCE,
} from '../measures/segmentation.ts';
import { decodeScores, SCORES, type RegionScore } from './scores.ts';

/** All folds of one method under one condition. */
export interface SummaryInput {
  readonly about: RowSubject;
  /** How many folds there are: the needs `fold 1`, `fold 2`, … */
  readonly folds: number;
  /** What it is compared with in the same people, and how many folds that has: the needs `rival 1, fold 1`, … */
  readonly rivals: readonly { readonly name: string; readonly folds: number }[];
  readonly readers: readonly string[];
}

/** The need that holds the scores of readers. */
export const READER_SCORES = 'reader scores';
export const foldNeed = (fold: number): string => `fold ${fold}`;
export const rivalNeed = (rival: number, fold: number): string => `rival ${rival}, fold ${fold}`;

type Value = 'dice' | 'hd95' | 'surfaceDistance';

const MEASURES: readonly (readonly [Value, Measure])[] = [
  ['dice', DICE],
  ['hd95', HD95],
  ['surfaceDistance', SURFACE_DISTANCE],
];

/** Means over the people of all folds: everyone is tested once, by a method that has not seen them. */
export const summariseSegmentation: Task<SummaryInput> = {
  module: import.meta.url,
  name: 'summariseSegmentation',
  async run({ about, folds, rivals, readers }, context) {
    const scoresOf = async (count: number, need: (fold: number) => string): Promise<RegionScore[]> => {
      const all = Array.from({ length: count }, async (_, i) =>
        decodeScores(await context.read(need(i + 1), SCORES)),
      );
      return (await Promise.all(all)).flat();
    };
    const own = await scoresOf(folds, foldNeed);
    const between = decodeScores(await context.read(READER_SCORES, SCORES));
    const rows = agreementRows(about, own);
    const people = new Set(own.map(({ person }) => person));
    const withReaders = valuesByPerson(
      own.filter(({ reference }) => readers.includes(reference)),
      'dice',
    );
    const ofReaders = valuesByPerson(
      between.filter(
        ({ person, reader, reference }) => people.has(person) && reader !== TRUTH && reference !== TRUTH,
      ),
      'dice',
    );
    rows.push(...differenceRows(about, DICE_OVER_READERS, withReaders, ofReaders, {}));
    const again = (scores: readonly RegionScore[]) =>
      valuesByPerson(
        scores.filter(({ reference }) => reference === TRUTH),
        'dice',
      );
    for (const [k, rival] of rivals.entries()) {
      const theirs = await scoresOf(rival.folds, (fold) => rivalNeed(k + 1, fold));
      const factors = { compared_with: rival.name };
      rows.push(...differenceRows(about, DICE_DIFFERENCE, again(own), again(theirs), factors));
    }
    return { rows };
  },
};

/** Readers against the truth, and the second against the first, … */
export const summariseReaders: Task<{ readonly experiment: string }> = {
  module: import.meta.url,
  name: 'summariseReaders',
  async run({ experiment }, context) {
    const scores = decodeScores(await context.read(READER_SCORES, SCORES));
    const readers = [...new Set(scores.flatMap(({ reader }) => reader ?? []))];
    return {
      rows: readers.flatMap((reader) =>
        agreementRows(
          { experiment, method: READERS, factors: { reader } },
          scores.filter((score) => score.reader === reader),
        ),
      ),
    };
  },
};

function agreementRows(about: RowSubject, scores: readonly RegionScore[]): Row[] {
  const references = [...new Set(scores.map(({ reference }) => reference))];
  return references.flatMap((reference) => {
    const of = scores.filter((score) => score.reference === reference);
    return MEASURES.flatMap(([value, measure]) =>
      [...valuesByPerson(of, value)].map(([region, values]) =>
        measuredRow(about, measure, meanOverSubjects([...values.values()]), {
          ...{ set: 'test', region, reference },
        }),
      ),
    );
  });
}

function differenceRows(
  about: RowSubject,
  measure: Measure,
  own: ValuesByPerson,
  theirs: ValuesByPerson,
  factors: Row['factors'],
): Row[] {
  return [...own].flatMap(([region, values]) => {
    const others = theirs.get(region);
    const differences = [...values].flatMap(([person, value]) =>
      others?.has(person) ? [value - others.get(person)!] : [],
    );
    if (differences.length === 0) return [];
    return [measuredRow(about, measure, meanOverSubjects(differences), { set: 'test', region, ...factors })];
  });
}

/** By region, `all` last, and by person; what is undefined is left out. */
type ValuesByPerson = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Means over the references that there are for a person; of all regions, over these too. */
function valuesByPerson(scores: readonly RegionScore[], value: Value): ValuesByPerson {
  const collected = new Map<string, Map<string, number[]>>();
  const add = (region: string, person: string, number: number) => {
    const people = collected.get(region) ?? new Map<string, number[]>();
    collected.set(region, people);
    people.set(person, [...(people.get(person) ?? []), number]);
  };
  const defined = scores.filter((score) => !Number.isNaN(score[value]));
  for (const score of defined) add(score.region, score.person, score[value]);
  for (const score of defined) add(ALL_REGIONS, score.person, score[value]);
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  return new Map(
    [...collected].map(([region, people]) => [
      region,
      new Map([...people].map(([person, numbers]) => [person, mean(numbers)])),
    ]),
  );
}
