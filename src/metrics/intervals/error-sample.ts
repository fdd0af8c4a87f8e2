import type { ErrorSample } from '../../contracts/metric.ts';
import type { Estimates, ParameterName, Parameters } from '../../contracts/voxels.ts';

/**
 * Collects the input of metrics: one parameter of some voxels, with the fitter's standard deviations and quantiles if it
 * reports any.
 */
export function errorSample(parameter: ParameterName, estimates: Estimates, truth: Parameters): ErrorSample {
  const sd = estimates.sd?.[parameter];
  const quantiles = estimates.quantiles?.[parameter];
  return {
    parameter,
    estimate: estimates[parameter],
    truth: truth[parameter],
    ...(sd?.some(Number.isFinite) ? { sd } : {}),
    ...(quantiles?.some(Number.isFinite) ? { quantiles } : {}),
  };
}
