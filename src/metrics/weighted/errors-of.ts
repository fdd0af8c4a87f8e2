import type { ErrorSample } from '../../contracts/metric.ts';
import { oncePer } from './once-per.ts';

interface Errors {
  /** Estimate minus truth, NaN where the estimate is. */
  readonly signed: Float64Array;
  readonly absolute: Float64Array;
}

/** The errors of a sample. */
export const errorsOf = oncePer(({ estimate, truth }: ErrorSample): Errors => {
  const signed = estimate.map((value, i) => value - truth[i]);
  return { signed, absolute: signed.map(Math.abs) };
});
