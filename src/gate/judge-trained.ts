import { median } from 'simple-statistics';
import { deriveSeed } from '../random/seed.ts';
import { gatedValueKey, type GatedValueId } from './gated-value.ts';
import { GATED_METRICS, lossOf } from './gated-metric.ts';
import { isRegression } from './judge-deterministic.ts';
import { detectableShift } from './statistics/detectable-shift.ts';
import { holm } from './statistics/holm.ts';
import { locationShift } from './statistics/location-shift.ts';
import { pairsAbove } from './statistics/rank-sum.ts';
import { tailGivenReference } from './statistics/tail-given-reference.ts';
import type { Outcome, Verdict } from './verdict.ts';

/**
 * Upper bound of the probability of any false alarm in a run in which only seeds changed, for a gated value of all but the most
 * unlucky stored references (`CONFIDENCE`).
 */
export const FAMILY_LEVEL = 0.01;
/** A loss counts as detectable if it is found with this probability. */
export const POWER = 0.95;
/** With fewer seeds than these, values are listed but not judged. */
export const FEWEST_SEEDS = { found: 5, accepted: 20 } as const;

/** A gated value over seeds, with the accepted one. */
export interface SeededPair {
  readonly id: GatedValueId;
  readonly accepted: readonly number[];
  readonly found: readonly number[];
  /** The accepted value of the identical network for each found value, if all trainings are identical to accepted ones. */
  readonly sameNetwork?: readonly number[] | null;
}

/**
 * Judges the values of fitters that train: are those of this run's seeds larger than the accepted ones? Uses a one-sided
 * rank-sum test for each, since the outcomes of training have a heavy tail, with Holm's correction over all of them. Its p value
 * holds given the stored reference, which every run is compared with, not on average over references. If the
 * networks are identical to the accepted ones, nothing is random: their estimates are compared seed by seed.
 */
export function judgeTrained(pairs: readonly SeededPair[]): Verdict[] {
  const tested = pairs.filter(isTested);
  const p = correctedP(tested);
  return pairs.map((pair) => {
    const place = tested.indexOf(pair);
    return judge(pair, place < 0 ? NaN : p[place], FAMILY_LEVEL / tested.length);
  });
}

const isTested = ({ accepted, found }: SeededPair): boolean =>
  found.length >= FEWEST_SEEDS.found &&
  accepted.length >= FEWEST_SEEDS.accepted &&
  ![...accepted, ...found].some(Number.isNaN);

/** Returns the corrected p values of all tested values; one counts as worse if it is at most `FAMILY_LEVEL`. */
export const correctedP = (pairs: readonly Pick<SeededPair, 'accepted' | 'found'>[]): number[] =>
  holm(
    pairs.map(({ accepted, found }) =>
      tailGivenReference(pairsAbove(found, accepted), found.length, accepted.length),
    ),
  );

function judge(pair: SeededPair, p: number, level: number): Verdict {
  const { id, accepted, found, sameNetwork } = pair;
  return {
    id,
    kind: sameNetwork ? 'trained alike' : 'trained',
    outcome: outcomeOf(pair, p),
    accepted: median([...(sameNetwork ?? accepted)]),
    found: median([...found]),
    loss: sameNetwork ? lossInUse(pair, sameNetwork) : loss(id, accepted, found),
    p,
    detectable: Number.isNaN(p) ? Infinity : detectable(id, accepted, found.length, level),
    seeds: { found: found.length, accepted: accepted.length },
  };
}

/** Median over seeds, each compared with itself. */
const lossInUse = ({ id, found }: SeededPair, sameNetwork: readonly number[]): number =>
  median(found.map((value, i) => lossOf(id.metric, sameNetwork[i], value)));

function outcomeOf(pair: SeededPair, p: number): Outcome {
  const { id, accepted, found, sameNetwork } = pair;
  if (found.some(Number.isNaN) && !accepted.some(Number.isNaN)) return 'failed';
  if (sameNetwork && isRegression(id.metric, lossInUse(pair, sameNetwork))) return 'worse';
  // Training is deterministic given its seed: the same code gives values that are among the accepted ones.
  if (found.every((value) => accepted.some((known) => Object.is(known, value)))) return 'same';
  return p <= FAMILY_LEVEL && !sameNetwork ? 'worse' : 'changed';
}

/** Ratios are differences of logarithms. A value of 0 has none; it is a perfect one. */
const onItsScale = ({ metric }: GatedValueId, values: readonly number[]): number[] =>
  GATED_METRICS.get(metric)?.scale === 'difference' ? [...values] : values.map((value) => Math.log(value));

const fromItsScale = ({ metric }: GatedValueId, shift: number): number =>
  GATED_METRICS.get(metric)?.scale === 'difference' ? shift : Math.expm1(shift);

function loss(id: GatedValueId, accepted: readonly number[], found: readonly number[]): number {
  return fromItsScale(id, locationShift(onItsScale(id, found), onItsScale(id, accepted)));
}

function detectable(id: GatedValueId, accepted: readonly number[], newer: number, level: number): number {
  const seed = deriveSeed(0, 'detectable', gatedValueKey(id));
  const shift = detectableShift(onItsScale(id, accepted), { newer, level, power: POWER, seed });
  return fromItsScale(id, shift);
}
