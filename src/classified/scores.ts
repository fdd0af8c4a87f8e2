import { z } from 'zod';
import type { CellResult } from '../contracts/cell.ts';
import { storedJson, StoredNumber } from '../files/stored-file.ts';
import type { Split } from '../learning/splits.ts';
import type { PackedCases } from './packed-cases.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { scoreRows } from './rows.ts';

/** What a classifier says of the cases of a set. */
export interface ScoredSet {
  /** As the factor `set` has it. */
  readonly set: 'train' | 'validation' | 'test' | 'population';
  readonly subjects: readonly string[];
  /** 1 for a positive case. */
  readonly positive: readonly number[];
  /** The larger, the likelier positive. */
  readonly scores: readonly number[];
}

/** The sets of a split as the factor `set` has them. */
const SETS = [
  ['train', 'training'],
  ['validation', 'validation'],
  ['test', 'test'],
] as const;

/** Scores the sets of a split that have cases. @param score of the cases in these places */
export const scoreSplit = (
  { subjects }: Pick<PackedCases, 'subjects'>,
  labels: readonly number[],
  sets: Split,
  score: (which: readonly number[]) => readonly number[],
): ScoredSet[] =>
  SETS.filter(([, name]) => sets[name].length > 0).map(([set, name]) => ({
    set,
    subjects: sets[name].map((i) => subjects[i]),
    positive: sets[name].map((i) => labels[i]),
    scores: score(sets[name]),
  }));

/** The population as a scored set. @param positive of all its cases, as `scores` are */
export const scoredPopulation = (
  { subjects }: Pick<PackedCases, 'subjects'>,
  positive: readonly number[],
  scores: readonly number[],
): ScoredSet => ({ set: 'population', subjects, positive, scores });

/** The file that a cell leaves its scores in. */
export const SCORES = 'scores.json';
const SCORED = storedJson<readonly ScoredSet[]>(
  SCORES,
  z.array(
    z.object({
      set: z.enum(['train', 'validation', 'test', 'population']),
      subjects: z.array(z.string()),
      positive: z.array(z.number()),
      scores: z.array(StoredNumber),
    }),
  ),
);

/** The rows of scored sets, and the file that summaries read them from. */
export const scoredResult = (
  about: RowSubject,
  scored: readonly ScoredSet[],
): Required<Pick<CellResult, 'rows' | 'files'>> => ({
  rows: scored.flatMap(({ set, scores, positive }) =>
    scoreRows({ ...about, factors: { ...about.factors, set } }, { scores, positive }),
  ),
  files: new Map([SCORED.encode(scored)]),
});

/** The scores that a cell left. @throws InputError where the file holds something else */
export const decodeScores = (bytes: Uint8Array): readonly ScoredSet[] => SCORED.decode(bytes);
