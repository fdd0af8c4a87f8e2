import type { Row } from '../../src/contracts/metric.ts';
import type { Measure } from './measure.ts';

export interface Place {
  readonly experiment: string;
  readonly fitter: string;
  readonly factors: Row['factors'];
}

/** What a summary says of all runs of a condition; without an interval where it says so. */
export type Summary = Pick<Row, 'metric' | 'value' | 'n'> & Partial<Omit<Row, 'experiment' | 'fitter'>>;

/** A row of one run. It has no interval: that is the summary's to give, over runs. */
export const measureRow = ({ experiment, fitter, factors }: Place, { snr, ...measure }: Measure): Row => ({
  experiment,
  fitter,
  factors: { ...factors, ...(snr === undefined ? {} : { snr }) },
  ciLow: NaN,
  ciHigh: NaN,
  ...measure,
});

export const summaryRow = (
  { experiment, fitter }: Pick<Place, 'experiment' | 'fitter'>,
  summary: Summary,
): Row => ({
  experiment,
  fitter,
  factors: {},
  parameter: '',
  ciLow: NaN,
  ciHigh: NaN,
  unit: '',
  ...summary,
});
