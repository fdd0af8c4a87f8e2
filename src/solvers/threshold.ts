import { InputError } from '../contracts/input-error.ts';
import { differentBValues } from '../signal/b-values.ts';

/**
 * Index of the first b-value that shows diffusion alone.
 *
 * @throws InputError naming the fitter where fewer than two different b-values lie at or above the threshold
 */
export function firstAbove(fitter: string, bValues: Float64Array, threshold: number): number {
  const above = differentBValues(bValues.filter((b) => b >= threshold)).length;
  if (above >= 2) return bValues.findIndex((b) => b >= threshold);
  throw new InputError(
    `${fitter}: threshold ${threshold} s/mm² leaves ${above} of the b-values ${bValues.join(', ')}; ` +
      'at least two different ones must lie at or above it',
  );
}
