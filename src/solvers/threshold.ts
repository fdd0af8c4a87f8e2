import { InputError } from '../contracts/input-error.ts';

/**
 * Index of the first b-value that shows diffusion alone.
 *
 * @throws InputError naming the fitter where fewer than two b-values lie at or above the threshold
 */
export function firstAbove(fitter: string, bValues: Float64Array, threshold: number): number {
  const first = bValues.findIndex((b) => b >= threshold);
  const above = first < 0 ? 0 : bValues.length - first;
  if (above >= 2) return first;
  throw new InputError(
    `${fitter}: threshold ${threshold} s/mm² leaves ${above} of the b-values ${bValues.join(', ')}; ` +
      'at least two must lie at or above it',
  );
}
