import type { Row } from '../contracts/metric.ts';
import { meanOverSubjects } from '../image-metrics/mean-over-subjects.ts';
import type { Measure } from '../measures/measure.ts';
import { measuredRow, type RowSubject } from '../measures/measured-rows.ts';

/** The mean of one value per subject. */
export const meanRow = (
  subject: RowSubject,
  measure: Pick<Measure, 'name' | 'unit'>,
  values: readonly number[],
  more: Row['factors'] = {},
): Row => measuredRow(subject, measure, meanOverSubjects(values), more);
