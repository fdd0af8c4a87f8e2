import { InputError } from '../contracts/input-error.ts';
import { differentBValues } from '../signal/b-values.ts';

/** Three unknowns need three signals. @throws InputError naming the fitter and the b-values */
export function requireMeasurements(fitter: string, bValues: Float64Array): void {
  if (differentBValues(bValues).length >= 4) return;
  throw new InputError(
    `${fitter}: b-values ${bValues.join(', ')} are too few; it needs at least three above 0 besides b=0`,
  );
}
