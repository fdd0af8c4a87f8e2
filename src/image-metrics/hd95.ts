import { distanceOfEmpty, type SurfaceDistances } from './surface-distances.ts';

/**
 * 95th percentile of the Hausdorff distance of two regions, mm (Huttenlocher et al., IEEE Trans Pattern Anal 1993;15:850, with a rank in place of
 * the maximum): the larger of the 95th percentiles of the distances of either surface from the other, linear between two values. Infinite where one
 * region is empty, NaN where both are.
 */
export function hd95(distances: SurfaceDistances): number {
  const ofEmpty = distanceOfEmpty(distances);
  if (ofEmpty !== undefined) return ofEmpty;
  return Math.max(percentile95(distances.fromFirst), percentile95(distances.fromSecond));
}

function percentile95(values: Float64Array): number {
  const sorted = values.toSorted();
  const place = 0.95 * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
}
