import { InputError } from '../contracts/input-error.ts';

/** Limits of a confidence interval. */
export interface ConfidenceInterval {
  readonly low: number;
  readonly high: number;
}

/** An estimate with its confidence interval. */
export interface EstimateWithInterval extends ConfidenceInterval {
  readonly value: number;
}

/** @throws InputError if `confidence` is not between 0 and 1 */
export function requireConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new InputError(`a confidence of ${confidence}; allowed: a number between 0 and 1, as in 0.95`);
  }
}
