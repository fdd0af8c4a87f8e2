import { z } from 'zod';
import type { CellResult, RunContext } from '../contracts/cell.ts';
import { storedJson, StoredNumber } from '../files/stored-file.ts';
import type { Row } from '../contracts/metric.ts';
import { psnr } from '../image-metrics/psnr.ts';
import { COUNTS_FROM } from '../image-metrics/pixels.ts';
import { rmsePercent } from '../image-metrics/rmse-percent.ts';
import { leakedShare } from '../image-metrics/leaked-share.ts';
import { shareOfChange } from '../image-metrics/share-of-change.ts';
import { ssim } from '../image-metrics/ssim.ts';
import type { Measure } from '../measures/measure.ts';
import {
  LESION_CONTRAST,
  PSNR,
  RMSE_FLOOR,
  RMSE_PERCENT,
  SSIM,
  STRUCTURE_LEAK,
} from '../measures/synthesis.ts';
import {
  decodeBrains,
  entriesWith,
  entrySize,
  imageOf,
  ofEntry,
  type PackedBrains,
} from './packed-brains.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { meanRow } from './rows.ts';

/** The sets that results are of, and those that something was learnt or chosen on, as the factor `set` has them. */
export const SCORED_SETS = ['validation', 'test', 'other'] as const;
export type ScoredSet = (typeof SCORED_SETS)[number];
/** What images are compared with, as the factor `reference` has it; there is no truth but of virtual subjects. */
export const REFERENCES = ['six', 'truth'] as const;

/** The sets of a study that results are of, one by one: each is in memory while it is looked at. */
export async function* scoredSets(
  sets: readonly ScoredSet[],
  context: Pick<RunContext, 'files'>,
): AsyncGenerator<readonly [ScoredSet, PackedBrains]> {
  for (const set of sets) yield [set, decodeBrains(await context.files(set))];
}

/** One number per subject of a set. */
export interface Scores {
  readonly set: ScoredSet;
  /** Name of the measure. */
  readonly measure: string;
  /** Further factors: `reference`, `shift`, `lesion`. */
  readonly factors: Readonly<Record<string, string>>;
  readonly subjects: readonly string[];
  readonly values: readonly number[];
}

/** All measures that these cells score. */
const MEASURES: ReadonlyMap<string, Measure> = new Map(
  [RMSE_PERCENT, RMSE_FLOOR, PSNR, SSIM, LESION_CONTRAST, STRUCTURE_LEAK].map((measure) => [
    measure.name,
    measure,
  ]),
);

/**
 * How far images are from the mean of six repetitions and, where it is known, from the truth, subject by subject without lesions.
 * @param images of the entries without lesions, one after the other
 */
export function scoreImages(
  brains: PackedBrains,
  set: ScoredSet,
  images: Float32Array,
  factors: Scores['factors'] = {},
): Scores[] {
  const entries = entriesWith(brains, 'none');
  const subjects = entries.map((entry) => brains.subjects[entry]);
  const size = entrySize(brains);
  const [, height, width] = brains.shape;
  return REFERENCES.flatMap((reference) => {
    const wanted = brains.images[reference];
    if (!wanted) return [];
    const of = entries.map((entry, i) => {
      const compared = {
        image: images.subarray(i * size, (i + 1) * size),
        reference: ofEntry(brains, wanted, entry),
        within: ofEntry(brains, brains.images.brain, entry),
      };
      const range = compared.reference.reduce(
        (most, value, at) => (compared.within[at] > COUNTS_FROM ? Math.max(most, value) : most),
        0,
      );
      return [rmsePercent(compared), psnr(compared, range), ssim(compared, { width, height, range })];
    });
    return [RMSE_PERCENT, PSNR, SSIM].map(({ name }, k) => ({
      ...{ set, measure: name, subjects },
      factors: { reference, ...factors },
      values: of.map((values) => values[k]),
    }));
  });
}

/**
 * How much of their contrast lesions keep in images.
 * @param images of all entries, one after the other
 */
export function scoreLesions(brains: PackedBrains, set: ScoredSet, images: Float32Array): Scores[] {
  const without = entriesWith(brains, 'none');
  return (['seen', 'unseen'] as const).flatMap((lesion) => {
    const pairs = entriesWith(brains, lesion).flatMap((after) => {
      const before = without.find((entry) => brains.subjects[entry] === brains.subjects[after]);
      return before === undefined ? [] : [{ before, after }];
    });
    if (pairs.length === 0) return [];
    const change = (all: Float32Array, { before, after }: (typeof pairs)[number]) => ({
      before: ofEntry(brains, all, before),
      after: ofEntry(brains, all, after),
    });
    const kept = pairs.map((pair) => ({
      subject: brains.subjects[pair.after],
      value: shareOfChange(change(images, pair), change(imageOf(brains, 'truth'), pair)),
    }));
    // A subject whose lesions all lie between the slices has none to keep.
    const defined = kept.filter(({ value }) => Number.isFinite(value));
    return [
      {
        ...{ set, measure: LESION_CONTRAST.name, factors: { lesion } },
        subjects: defined.map(({ subject }) => subject),
        values: defined.map(({ value }) => value),
      },
    ];
  });
}

/**
 * How much of the next subject's perfusion appears where its weighted images are given instead of the own ones.
 * @param own images of the entries without lesions
 * @param swapped the same with the weighted images of the next of them
 */
export function scoreSwap(
  brains: PackedBrains,
  set: ScoredSet,
  {
    own,
    swapped,
    shift,
  }: { readonly own: Float32Array; readonly swapped: Float32Array; readonly shift: string },
): Scores {
  const entries = entriesWith(brains, 'none');
  const size = entrySize(brains);
  const all = imageOf(brains, 'truth');
  const truth = (i: number) => ofEntry(brains, all, entries[i % entries.length]);
  const of = (images: Float32Array, i: number) => images.subarray(i * size, (i + 1) * size);
  return {
    ...{ set, measure: STRUCTURE_LEAK.name, factors: { shift } },
    subjects: entries.map((entry) => brains.subjects[entry]),
    values: entries.map((_, i) => {
      const [mine, others] = [of(own, i), of(swapped, i)];
      return leakedShare({
        change: others.map((value, pixel) => value - mine[pixel]),
        own: truth(i),
        other: truth(i + 1),
      });
    }),
  };
}

/** The file that a cell leaves its scores in. */
export const SCORES = 'scores.json';
const SCORED = storedJson<readonly Scores[]>(
  SCORES,
  z.array(
    z.object({
      set: z.enum(SCORED_SETS),
      measure: z.enum([...MEASURES.keys()]),
      factors: z.record(z.string(), z.string()),
      subjects: z.array(z.string()),
      values: z.array(StoredNumber),
    }),
  ),
);

/** Means of scores over subjects. */
export const scoreRows = (about: RowSubject, scores: readonly Scores[]): Row[] =>
  scores.map(({ set, measure, factors, values }) =>
    meanRow(about, MEASURES.get(measure)!, values, { set, ...factors }),
  );

/** The rows of scores, and the file that comparisons read them from. */
export const scoredResult = (
  about: RowSubject,
  scores: readonly Scores[],
): Required<Pick<CellResult, 'rows' | 'files'>> => ({
  rows: scoreRows(about, scores),
  files: new Map([SCORED.encode(scores)]),
});

/** The scores that a cell left. @throws InputError where the file holds something else */
export const decodeScores = (bytes: Uint8Array): readonly Scores[] => SCORED.decode(bytes);

/** The scores of several trainings averaged subject by subject, so that an interval over subjects is one of the mean of trainings. */
export function averagedScores(trainings: readonly (readonly Scores[])[]): Scores[] {
  return (trainings[0] ?? []).map((first) => {
    const same = trainings.map((scores) =>
      scores.find(
        ({ set, measure, factors }) =>
          set === first.set &&
          measure === first.measure &&
          JSON.stringify(factors) === JSON.stringify(first.factors),
      ),
    );
    const bySubject = new Map<string, number[]>();
    for (const scores of same) {
      scores?.subjects.forEach((subject, i) =>
        bySubject.set(subject, [...(bySubject.get(subject) ?? []), scores.values[i]]),
      );
    }
    return {
      ...first,
      subjects: [...bySubject.keys()],
      values: [...bySubject.values()].map((values) => values.reduce((a, b) => a + b, 0) / values.length),
    };
  });
}

/** The errors of a method against a reference, by subject, averaged over trainings; none where it was not compared with it. */
export const errorsBySubject = (
  trainings: readonly (readonly Scores[])[],
  set: ScoredSet,
  reference: (typeof REFERENCES)[number],
): Map<string, number> => valuesBySubject(averagedScores(trainings), set, RMSE_PERCENT, { reference });

/** One measure by subject. */
export function valuesBySubject(
  scores: readonly Scores[],
  set: ScoredSet,
  { name }: Pick<Measure, 'name'>,
  factors: Scores['factors'] = {},
): Map<string, number> {
  const found = scores.find(
    (one) =>
      one.set === set &&
      one.measure === name &&
      one.factors.shift === undefined &&
      Object.entries(factors).every(([factor, value]) => one.factors[factor] === value),
  );
  return new Map(found?.subjects.map((subject, i) => [subject, found.values[i]]));
}
