import type { Row } from '../../src/contracts/metric.ts';
import type { Measure } from './measure.ts';

export interface Place {
  readonly experiment: string;
  readonly method: string;
  readonly factors: Row['factors'];
}

/** What a summary says of all runs of a condition; without an interval where it says so. */
export type Summary = Pick<Row, 'metric' | 'value' | 'n'> & Partial<Omit<Row, 'experiment' | 'method'>>;

/** A row of one run. It has no interval: that is the summary's to give, over runs. */
export const measureRow = ({ experiment, method, factors }: Place, { snr, ...measure }: Measure): Row => ({
  experiment,
  method,
  factors: { ...factors, ...(snr === undefined ? {} : { snr }) },
  ciLow: NaN,
  ciHigh: NaN,
  ...measure,
});

export const summaryRow = (
  { experiment, method }: Pick<Place, 'experiment' | 'method'>,
  summary: Summary,
): Row => ({
  experiment,
  method,
  factors: {},
  parameter: '',
  ciLow: NaN,
  ciHigh: NaN,
  unit: '',
  ...summary,
});
