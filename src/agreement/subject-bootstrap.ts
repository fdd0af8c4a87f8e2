import { InputError } from '../contracts/input-error.ts';
import { percentileInterval } from '../metrics/resampling/percentile-interval.ts';
import { resampleCounts } from '../metrics/resampling/resample-counts.ts';
import type { EstimateWithInterval } from './confidence-interval.ts';

/** A statistic of some targets, given by their indices, which may repeat. */
export type TargetStatistic = (targets: Uint32Array) => number;

export interface BootstrapOptions {
  readonly resamples: number;
  /** Integer 0..2³²-1. */
  readonly seed: number;
}

/**
 * Computes a statistic and its 95 % percentile interval over subjects (Efron and Tibshirani 1993, ch. 8 and 13): whole subjects
 * are drawn with replacement, each with all its targets, since regions of one person are not independent. The interval is NaN
 * if the statistic of any resample is.
 *
 * @param subjects the subject of each target, in any order; all different if targets are subjects
 * @throws InputError for fewer than two subjects
 */
export function subjectBootstrap(
  subjects: readonly (string | number)[],
  statistic: TargetStatistic,
  { resamples, seed }: BootstrapOptions,
): EstimateWithInterval {
  const targetsOf = targetsBySubject(subjects);
  if (targetsOf.length < 2) {
    throw new InputError(`a bootstrap over subjects needs at least 2 subjects, not ${targetsOf.length}`);
  }
  const replicates = new Float64Array(resamples);
  let done = 0;
  for (const counts of resampleCounts(targetsOf.length, resamples, seed)) {
    replicates[done++] = statistic(targetsDrawn(targetsOf, counts));
  }
  const value = statistic(Uint32Array.from(subjects.keys()));
  return { value, ...percentileInterval(replicates) };
}

/** Returns the targets of every subject, as often as the subject was drawn. */
function targetsDrawn(targetsOf: readonly (readonly number[])[], counts: Uint8Array): Uint32Array {
  const drawn = new Uint32Array(
    targetsOf.reduce((sum, { length }, subject) => sum + counts[subject] * length, 0),
  );
  let at = 0;
  targetsOf.forEach((targets, subject) => {
    for (let time = 0; time < counts[subject]; time++, at += targets.length) drawn.set(targets, at);
  });
  return drawn;
}

function targetsBySubject(subjects: readonly (string | number)[]): number[][] {
  const targets = new Map<string | number, number[]>();
  subjects.forEach((subject, target) => {
    const known = targets.get(subject);
    if (known) known.push(target);
    else targets.set(subject, [target]);
  });
  return [...targets.values()];
}
