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
  const known = new Map(accepted.map((figure) => [gatedValueKey(figure), figure]));
  const verdicts: Verdict[] = [];
  const pairs: SeededPair[] = [];
  for (const figure of found) {
    const before = known.get(gatedValueKey(figure));
    known.delete(gatedValueKey(figure));
    if (!before) verdicts.push(alone(figure, 'new'));
    else if (before.kind === 'trained' || figure.kind === 'trained')
      pairs.push(seeded(before, figure, trainings));
    else verdicts.push(judgeDeterministic(idOf(figure), before.value, figure.value, tolerance));
  }
  verdicts.push(...judgeTrained(pairs));
  verdicts.push(...[...known.values()].map((figure) => alone(figure, 'missing')));
  const order = [...found, ...accepted].map(gatedValueKey);
  const place = ({ figure }: Verdict) => order.indexOf(gatedValueKey(figure));
  return verdicts.sort((a, b) => Number(isRed(b)) - Number(isRed(a)) || place(a) - place(b));
}

function seeded(
  before: GatedValue,
  figure: GatedValue,
  trainings: Required<ComparisonOptions>['trainings'],
): SeededPair {
  const { method } = figure;
  const accepted = { values: valuesOf(before), losses: trainings.accepted[method] };
  const found = { values: valuesOf(figure), losses: trainings.found[method] };
  return {
    figure: idOf(figure),
    accepted: accepted.values,
    found: found.values,
    sameNetwork: sameTrainings(accepted, found),
  };
}

const valuesOf = (figure: GatedValue): readonly number[] =>
  figure.kind === 'trained' ? figure.values : [figure.value];

/** Returns the number of a gated value; of a trained one, the median over its seeds. */
export const numberOf = (figure: GatedValue): number => median([...valuesOf(figure)]);

const idOf = ({ experiment, method, factors, parameter, metric }: GatedValue) => ({
  experiment,
  method,
  factors,
  parameter,
  metric,
});

function alone(figure: GatedValue, outcome: 'new' | 'missing'): Verdict {
  const [accepted, found] = outcome === 'new' ? [NaN, numberOf(figure)] : [numberOf(figure), NaN];
  const nothing = { loss: NaN, p: NaN, detectable: NaN };
  return { figure: idOf(figure), kind: figure.kind, outcome, accepted, found, ...nothing };
}
