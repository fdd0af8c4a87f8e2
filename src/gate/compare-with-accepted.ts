import { median } from 'simple-statistics';
import { gatedValueKey, type GatedValue } from './gated-value.ts';
import { judgeDeterministic } from './judge-deterministic.ts';
import { judgeTrained, type SeededPair } from './judge-trained.ts';
import { sameTrainings, type Trainings } from './trainings-of-run.ts';
import { isRed, type Verdict } from './verdict.ts';

export interface ComparisonOptions {
  /** Deterministic values count as equal up to this relative difference. */
  readonly tolerance: number;
  /** Final losses of the trainings. */
  readonly trainings?: { readonly accepted: Trainings; readonly found: Trainings };
}

/** Compares every gated value of a run with the accepted one. Red verdicts come first, then the order of the values. */
export function compareWithAccepted(
  accepted: readonly GatedValue[],
  found: readonly GatedValue[],
  { tolerance, trainings = { accepted: {}, found: {} } }: ComparisonOptions,
): Verdict[] {
  const known = new Map(accepted.map((gated) => [gatedValueKey(gated), gated]));
  const verdicts: Verdict[] = [];
  const pairs: SeededPair[] = [];
  for (const gated of found) {
    const before = known.get(gatedValueKey(gated));
    known.delete(gatedValueKey(gated));
    if (!before) verdicts.push(alone(gated, 'new'));
    else if (before.kind === 'trained' || gated.kind === 'trained')
      pairs.push(seeded(before, gated, trainings));
    else verdicts.push(judgeDeterministic(idOf(gated), before.value, gated.value, tolerance));
  }
  verdicts.push(...judgeTrained(pairs));
  verdicts.push(...[...known.values()].map((gated) => alone(gated, 'missing')));
  const order = [...found, ...accepted].map(gatedValueKey);
  const place = ({ id }: Verdict) => order.indexOf(gatedValueKey(id));
  return verdicts.sort((a, b) => Number(isRed(b)) - Number(isRed(a)) || place(a) - place(b));
}

function seeded(
  before: GatedValue,
  gated: GatedValue,
  trainings: Required<ComparisonOptions>['trainings'],
): SeededPair {
  const { method } = gated;
  const accepted = { values: valuesOf(before), losses: trainings.accepted[method] };
  const found = { values: valuesOf(gated), losses: trainings.found[method] };
  return {
    id: idOf(gated),
    accepted: accepted.values,
    found: found.values,
    sameNetwork: sameTrainings(accepted, found),
  };
}

const valuesOf = (gated: GatedValue): readonly number[] =>
  gated.kind === 'trained' ? gated.values : [gated.value];

/** Returns the number of a gated value; of a trained one, the median over its seeds. */
export const numberOf = (gated: GatedValue): number => median([...valuesOf(gated)]);

const idOf = ({ experiment, method, factors, parameter, metric }: GatedValue) => ({
  experiment,
  method,
  factors,
  parameter,
  metric,
});

function alone(gated: GatedValue, outcome: 'new' | 'missing'): Verdict {
  const [accepted, found] = outcome === 'new' ? [NaN, numberOf(gated)] : [numberOf(gated), NaN];
  const nothing = { loss: NaN, p: NaN, detectable: NaN };
  return { id: idOf(gated), kind: gated.kind, outcome, accepted, found, ...nothing };
}
