import type { Row } from '../../src/contracts/metric.ts';

/** A row of this experiment; what is not said has no interval, no unit and no parameter. */
export function phantomRow(row: Pick<Row, 'method' | 'metric' | 'value' | 'n'> & Partial<Row>): Row {
  return { experiment: 'phantom', factors: {}, parameter: '', ciLow: NaN, ciHigh: NaN, unit: '', ...row };
}
