import { InputError } from '../contracts/input-error.ts';

/** @throws InputError where `confidence` is not between 0 and 1 */
export function requireConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new InputError(`a confidence of ${confidence}; allowed: a number between 0 and 1, as in 0.95`);
  }
}
