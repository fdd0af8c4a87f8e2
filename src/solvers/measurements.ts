import { InputError } from '../contracts/input-error.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { differentBValues } from '../signal/b-values.ts';

/** Returns whether a voxel can be fitted: all its signals are finite and the mean at b=0 is positive. */
export function isMeasured(signals: Signals, i: number): boolean {
  const width = signals.bValues.length;
  const end = (i + 1) * width;
  // One sum is NaN or infinite if any signal is; finite signals too large to add up can't be fitted either.
  let sum = 0;
  for (let k = i * width; k < end; k++) sum += signals.values[k] * signals.values[k];
  return sum < Infinity && signals.scale[i] > 0 && signals.scale[i] < Infinity;
}

/**
 * Calls `fitVoxel` for every voxel that can be fitted; the others are `notFinite`.
 * @param sigma noise level per voxel, if the fit needs it: one that is negative or not finite can't be fitted either
 */
export function fitMeasured(
  signals: Signals,
  out: Estimates,
  fitVoxel: (i: number) => void,
  sigma?: Float64Array,
): void {
  for (let i = 0; i < signals.n; i++) {
    const known = !sigma || (sigma[i] >= 0 && sigma[i] < Infinity);
    if (known && isMeasured(signals, i)) fitVoxel(i);
    else fail(out, i, Status.notFinite);
  }
}

/** Three unknowns need three signals. @throws InputError naming the fitter and the b-values */
export function requireMeasurements(fitter: string, bValues: Float64Array): void {
  if (differentBValues(bValues).length >= 4) return;
  throw new InputError(
    `${fitter}: b-values ${bValues.join(', ')} are too few; it needs at least three above 0 besides b=0`,
  );
}

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
