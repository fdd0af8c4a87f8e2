import type { Row } from '../../src/contracts/metric.ts';

/** The name that true values have where fitters have theirs. */
export const TRUTH = 'truth';

/** A row of this experiment; what is not said has no interval, no unit and no parameter. */
export function volunteersRow(row: Pick<Row, 'fitter' | 'metric' | 'value' | 'n'> & Partial<Row>): Row {
  return { experiment: 'volunteers', factors: {}, parameter: '', ciLow: NaN, ciHigh: NaN, unit: '', ...row };
}
