import type { Row } from '../contracts/metric.ts';
import type { Measure } from './measure.ts';
import { TRAINING_ACCURACY, TRAINING_LOSS, VALIDATION_ACCURACY, VALIDATION_LOSS } from './training.ts';

/** What rows are of that no parameter of a model has: classified cases, images. */
export interface RowSubject {
  readonly experiment: string;
  readonly method: string;
  readonly factors: Row['factors'];
}

/** A value with its interval; NaN limits where it has none. */
export interface MeasuredValue {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

export function measuredRow(
  { experiment, method, factors }: RowSubject,
  { name, unit }: Pick<Measure, 'name' | 'unit'>,
  { value, low, high, n }: MeasuredValue,
  more: Row['factors'] = {},
): Row {
  const about = { experiment, method, factors: { ...factors, ...more }, parameter: '', metric: name };
  return { ...about, value, ciLow: low, ciHigh: high, unit: unit(''), n };
}

/** A number without an interval. */
export const plainRow = (
  subject: RowSubject,
  measure: Pick<Measure, 'name' | 'unit'>,
  value: number,
  n: number,
  more: Row['factors'] = {},
): Row => measuredRow(subject, measure, { value, low: NaN, high: NaN, n }, more);

/** One epoch of a training, as `src/learning/train.ts` gives it; a score that does not apply is NaN. */
interface Epoch {
  readonly epoch: number;
  readonly trainingLoss: number;
  readonly trainingScore: number;
  readonly validationLoss: number;
  readonly validationScore: number;
}

/** Loss per epoch, on validation cases where there are some. @param accuracy whether the scores are accuracies, and reported */
export function curveRows(
  about: RowSubject,
  curve: readonly Epoch[],
  sets: { readonly training: readonly unknown[]; readonly validation: readonly unknown[] },
  accuracy: boolean,
): Row[] {
  const [trained, validated] = [sets.training.length, sets.validation.length];
  return curve.flatMap(({ epoch, trainingLoss, trainingScore, validationLoss, validationScore }) => {
    const row = (measure: Measure, value: number, n: number) => plainRow(about, measure, value, n, { epoch });
    return [
      row(TRAINING_LOSS, trainingLoss, trained),
      ...(accuracy ? [row(TRAINING_ACCURACY, trainingScore, trained)] : []),
      ...(validated > 0 ? [row(VALIDATION_LOSS, validationLoss, validated)] : []),
      ...(validated > 0 && accuracy ? [row(VALIDATION_ACCURACY, validationScore, validated)] : []),
    ];
  });
}
