import { shuffled, someOf, splitBySubject, type Split, type SplitOptions } from '../learning/splits.ts';
import { QuickRandom } from '../random/quick-random.ts';
import { positives, type PackedCases } from './packed-cases.ts';

export interface DivisionOptions {
  /** Stage from which a case is positive. */
  readonly positiveFrom: number;
  readonly split: SplitOptions;
  /** Training cases that are used, out of those of the split; absent: all; 0: none. */
  readonly size?: number | undefined;
  /** Deals the classes out anew among all cases, so that there is nothing to learn; absent: the true classes. */
  readonly shuffleSeed?: number | undefined;
}

/** The classes of a study's cases, and its sets. Every classifier on the same split gets the same. */
export function dividedCases(
  packed: PackedCases,
  { positiveFrom, split, size, shuffleSeed }: DivisionOptions,
): { labels: number[]; sets: Split } {
  const { subjects } = packed;
  const truth = positives(packed, positiveFrom);
  const labels = shuffleSeed === undefined ? truth : shuffled(truth, new QuickRandom(shuffleSeed));
  const sets = splitBySubject(subjects, labels, split);
  if (size === undefined) return { labels, sets };
  const training = size === 0 ? [] : someOf(sets.training, labels, subjects, { size, seed: split.seed });
  return { labels, sets: { ...sets, training } };
}
