import { median } from 'simple-statistics';
import { deriveSeed } from '../random/seed.ts';
import { gatedValueKey, type GatedValueId } from './gated-value.ts';
import { GATED_METRICS, lossOf } from './gated-metric.ts';
import { isRegression } from './judge-deterministic.ts';
import { detectableShift } from './statistics/detectable-shift.ts';
import { holm } from './statistics/holm.ts';
import { locationShift } from './statistics/location-shift.ts';
import { pairsAbove, rankSumUpperTail } from './statistics/rank-sum.ts';
import type { Outcome, Verdict } from './verdict.ts';

/** The probability of one false alarm or more in a run that changed nothing but seeds is below this. */
export const FAMILY_LEVEL = 0.01;
/** A loss is called detectable where it is found with this probability. */
export const POWER = 0.95;
/** Fewer seeds than these are listed, and not judged. */
export const FEWEST_SEEDS = { found: 5, accepted: 20 } as const;

/** A figure with its values over seeds, beside those that were accepted. */
export interface SeededPair {
  readonly figure: GatedValueId;
  readonly accepted: readonly number[];
  readonly found: readonly number[];
  /** The accepted value of the same network for each that was found, where all trainings are the accepted ones. */
  readonly sameNetwork?: readonly number[] | null;
}

/**
 * Figures of fitters that train: are the values of this run's seeds larger than those of the accepted ones? A one-sided exact rank-sum
 * test each, since what training ends in is spread with a heavy tail, corrected over all of them by Holm. Where the networks are the
 * accepted ones, nothing random is left: seed by seed, their use is compared.
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

/** The probability by which a figure counts as worse where it is at most `FAMILY_LEVEL`, for each of all that are tested together. */
export const correctedP = (pairs: readonly Pick<SeededPair, 'accepted' | 'found'>[]): number[] =>
  holm(
    pairs.map(({ accepted, found }) =>
      rankSumUpperTail(pairsAbove(found, accepted), found.length, accepted.length),
    ),
  );

function judge(pair: SeededPair, p: number, level: number): Verdict {
  const { figure, accepted, found, sameNetwork } = pair;
  return {
    figure,
    kind: sameNetwork ? 'trained alike' : 'trained',
    outcome: outcomeOf(pair, p),
    accepted: median([...(sameNetwork ?? accepted)]),
    found: median([...found]),
    loss: sameNetwork ? lossInUse(pair, sameNetwork) : loss(figure, accepted, found),
    p,
    detectable: Number.isNaN(p) ? Infinity : detectable(figure, accepted, found.length, level),
    seeds: { found: found.length, accepted: accepted.length },
  };
}

/** Of the middle seed, each against itself. */
const lossInUse = ({ figure, found }: SeededPair, sameNetwork: readonly number[]): number =>
  median(found.map((value, i) => lossOf(figure.metric, sameNetwork[i], value)));

function outcomeOf(pair: SeededPair, p: number): Outcome {
  const { figure, accepted, found, sameNetwork } = pair;
  if (found.some(Number.isNaN) && !accepted.some(Number.isNaN)) return 'failed';
  if (sameNetwork && isRegression(figure.metric, lossInUse(pair, sameNetwork))) return 'worse';
  // Training is deterministic in its seed: the same code gives values that are among the accepted ones.
  if (found.every((value) => accepted.some((known) => Object.is(known, value)))) return 'same';
  return p <= FAMILY_LEVEL && !sameNetwork ? 'worse' : 'changed';
}

/** Ratios are differences of logarithms. A value of 0 has none, and is no error at all. */
const onItsScale = ({ metric }: GatedValueId, values: readonly number[]): number[] =>
  GATED_METRICS.get(metric)?.scale === 'difference' ? [...values] : values.map((value) => Math.log(value));

const fromItsScale = ({ metric }: GatedValueId, shift: number): number =>
  GATED_METRICS.get(metric)?.scale === 'difference' ? shift : Math.expm1(shift);

function loss(figure: GatedValueId, accepted: readonly number[], found: readonly number[]): number {
  return fromItsScale(figure, locationShift(onItsScale(figure, found), onItsScale(figure, accepted)));
}

function detectable(figure: GatedValueId, accepted: readonly number[], newer: number, level: number): number {
  const seed = deriveSeed(0, 'detectable', gatedValueKey(figure));
  const shift = detectableShift(onItsScale(figure, accepted), { newer, level, power: POWER, seed });
  return fromItsScale(figure, shift);
}
