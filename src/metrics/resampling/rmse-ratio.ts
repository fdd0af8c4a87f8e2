import type { ErrorSample } from '../../contracts/metric.ts';
import { rmseRatioInterval } from '../intervals/closed-forms.ts';
import rmse from '../rmse.ts';
import { percentileInterval } from './percentile-interval.ts';

/**
 * Computes the ratio of the RMSE of two fits of the same voxels, with a 95 % interval over voxels: in closed form, or where that
 * does not hold by a bootstrap, each resample of which applies to both.
 * @param resamples how often each voxel was drawn, one array per resample
 */
export function rmseRatio(
  sample: ErrorSample,
  reference: ErrorSample,
  resamples: Iterable<Uint8Array>,
): { value: number; ciLow: number; ciHigh: number } {
  const [own, other] = [rmse.over(sample), rmse.over(reference)];
  const ratio = (weights: Uint8Array | null) => own(weights) / other(weights);
  const { low, high } =
    rmseRatioInterval(sample, reference) ?? percentileInterval(Float64Array.from(resamples, ratio));
  return { value: ratio(null), ciLow: low, ciHigh: high };
}
