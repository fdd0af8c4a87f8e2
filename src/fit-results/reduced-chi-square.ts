import type { FittedScan } from './fitted-scan.ts';

/** S0, D, f and Dp. */
const PARAMETERS = 4;

/**
 * Returns the reduced chi-square of every voxel: the sum of squared residuals in units of the noise variance, weighted by the
 * number of measurements, divided by the degrees of freedom. About 1 where the model and the noise are right. Undefined if the
 * noise is not known or no degree of freedom is left.
 */
export function reducedChiSquare({
  maps,
  averages,
  sigma,
}: Pick<FittedScan, 'maps' | 'averages' | 'sigma'>): Float32Array | undefined {
  const residual = maps.get('residual');
  const degrees = averages.length - PARAMETERS;
  if (residual === undefined || sigma === undefined || degrees < 1) return undefined;
  const measurements = averages.reduce((sum, count) => sum + count, 0);
  const own = maps.get('sigma');
  return residual.map((rms, i) => (measurements * rms * rms) / ((own?.[i] ?? sigma) ** 2 * degrees));
}
