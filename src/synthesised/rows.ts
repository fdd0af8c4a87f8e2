import type { Row } from '../contracts/metric.ts';
import type { Estimate } from '../image-metrics/estimate.ts';
import { meanOverSubjects } from '../image-metrics/mean-over-subjects.ts';
import type { Measure } from '../measures/measure.ts';

/** What rows of images are of. */
export interface RowSubject {
  readonly experiment: string;
  readonly method: string;
  readonly factors: Row['factors'];
}

export function imageRow(
  { experiment, method, factors }: RowSubject,
  { name, unit }: Pick<Measure, 'name' | 'unit'>,
  { value, low, high, n }: Pick<Estimate, 'value' | 'low' | 'high' | 'n'>,
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
): Row => imageRow(subject, measure, { value, low: NaN, high: NaN, n }, more);

/** The mean of one value per subject. */
export const meanRow = (
  subject: RowSubject,
  measure: Pick<Measure, 'name' | 'unit'>,
  values: readonly number[],
  more: Row['factors'] = {},
): Row => imageRow(subject, measure, meanOverSubjects(values), more);
