import { distanceOfEmpty, type SurfaceDistances } from './surface-distances.ts';

/**
 * Average symmetric surface distance of two regions, mm (Heimann et al., IEEE Trans Med Imaging 2009;28:1251): the mean of the distances of all surface
 * voxels of both from the surface of the other. Infinite where one region is empty, NaN where both are.
 */
export function averageSurfaceDistance(distances: SurfaceDistances): number {
  const ofEmpty = distanceOfEmpty(distances);
  if (ofEmpty !== undefined) return ofEmpty;
  const { fromFirst, fromSecond } = distances;
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  return (sum(fromFirst) + sum(fromSecond)) / (fromFirst.length + fromSecond.length);
}
