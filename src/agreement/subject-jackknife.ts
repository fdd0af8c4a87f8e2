import { InputError } from '../contracts/input-error.ts';
import { jackknifeInterval, PLAIN, type Scale } from '../statistics/jackknife.ts';
import type { EstimateWithInterval } from './confidence-interval.ts';

/** A statistic of some targets, given by their indices. */
export type TargetStatistic = (targets: Uint32Array) => number;

/**
 * Computes a statistic and its 95 % jackknife interval over subjects. Whole subjects are left out, each with all its targets,
 * since regions of one person are not independent. With ten people it covers what a percentile bootstrap falls short of, whose
 * resamples vary less than the population: see docs/statistics.md.
 *
 * @param subjects the subject of each target, in any order
 * @param scale on which the statistic is nearly normal
 * @param corrected see `jackknifeInterval`
 * @throws InputError for fewer than two subjects
 */
export function subjectJackknife(
  subjects: readonly (string | number)[],
  statistic: TargetStatistic,
  scale: Scale = PLAIN,
  corrected = false,
): EstimateWithInterval {
  const names = [...new Set(subjects)];
  if (names.length < 2) {
    throw new InputError(`an interval over subjects needs at least 2 subjects, not ${names.length}`);
  }
  const places = Uint32Array.from(subjects.keys());
  const value = statistic(places);
  const without = names.map((name) => statistic(places.filter((place) => subjects[place] !== name)));
  return { value, ...jackknifeInterval(value, without, scale, corrected) };
}
