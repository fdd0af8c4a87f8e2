import type { ErrorSample } from '../../contracts/metric.ts';

interface Errors {
  /** Estimate minus truth, NaN where the estimate is. */
  readonly signed: Float64Array;
  readonly absolute: Float64Array;
}

const shared = new WeakMap<ErrorSample, Errors>();

/** The errors of a sample, computed once for all metrics of it, which may not change them. */
export function errorsOf(sample: ErrorSample): Errors {
  let errors = shared.get(sample);
  if (!errors) {
    const { truth } = sample;
    const signed = sample.estimate.map((value, i) => value - truth[i]);
    errors = { signed, absolute: signed.map(Math.abs) };
    shared.set(sample, errors);
  }
  return errors;
}
