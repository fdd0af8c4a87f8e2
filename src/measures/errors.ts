import { NO_UNIT, type Measure } from './measure.ts';
import { quantityUnit } from './quantities.ts';

/** Errors of estimates against the truth over voxels, and the bounds they are compared with. */

export const RMSE: Measure = {
  name: 'rmse',
  label: 'root mean squared error',
  definition: 'square root of the mean of (estimate - truth)² over voxels that did not fail',
  unit: quantityUnit,
  better: 'lower',
  gated: { scale: 'ratio', overSeeds: true },
  keptPerTraining: true,
};

export const NRMSE: Measure = {
  name: 'nrmse',
  label: 'normalised root mean squared error',
  definition:
    'RMSE divided by the mean truth, over voxels that did not fail (as the code of Kaandorp et al. 2021 has it)',
  unit: NO_UNIT,
  better: 'lower',
  keptPerTraining: true,
};

export const BIAS: Measure = {
  name: 'bias',
  label: 'bias',
  definition: 'mean of estimate minus truth over voxels that did not fail',
  unit: quantityUnit,
  // Both signs occur: nearer to 0 is better.
  better: null,
  keptPerTraining: true,
};

export const SD: Measure = {
  name: 'sd',
  label: 'standard deviation of the error',
  definition: 'standard deviation of estimate minus truth (divisor n - 1) over voxels that did not fail',
  unit: quantityUnit,
  better: 'lower',
  keptPerTraining: true,
};

export const MEDIAN_ABSOLUTE_ERROR: Measure = {
  name: 'median_absolute_error',
  label: 'median absolute error',
  definition: 'median of |estimate - truth| over voxels that did not fail',
  unit: quantityUnit,
  better: 'lower',
  gated: { scale: 'ratio', overSeeds: false },
};

export const FAILED_FRACTION: Measure = {
  name: 'failed_fraction',
  label: 'failed fraction',
  definition: 'share of all voxels without a finite estimate',
  unit: NO_UNIT,
  better: 'lower',
  gated: { scale: 'difference', overSeeds: true },
};

export const POOR_FIT_FRACTION: Measure = {
  name: 'poor_fit_fraction',
  label: 'poor fits',
  definition:
    'share of the voxels with an estimate whose residuals have p < 0.001 (status `poorFit`): 0.001 of them where the model and the noise are right',
  unit: NO_UNIT,
  // Low on tissue, high on what the model does not describe.
  better: null,
};

/** A quantile of estimate minus truth. */
export interface ErrorQuantile extends Measure {
  /** 0..1. */
  readonly level: number;
}

const errorQuantile = (name: string, level: number): ErrorQuantile => ({
  name,
  level,
  label: `${100 * level} % quantile of the error`,
  definition: `${100 * level} % quantile of estimate minus truth over voxels that did not fail`,
  unit: quantityUnit,
  better: null,
});

export const ERROR_Q05 = errorQuantile('error_q05', 0.05);
export const ERROR_Q25 = errorQuantile('error_q25', 0.25);
export const ERROR_Q50 = errorQuantile('error_q50', 0.5);
export const ERROR_Q75 = errorQuantile('error_q75', 0.75);
export const ERROR_Q95 = errorQuantile('error_q95', 0.95);

/** What box plots draw: the whiskers' ends, the box's ends and the line in it, in ascending order. */
export const ERROR_QUANTILES = [ERROR_Q05, ERROR_Q25, ERROR_Q50, ERROR_Q75, ERROR_Q95] as const;

export const CRLB: Measure = {
  name: 'crlb',
  label: 'Cramér-Rao bound',
  definition:
    'root mean square over voxels of the Cramér-Rao bound on the standard deviation of an unbiased estimate',
  unit: quantityUnit,
  better: null,
};

export const CRLB_MEDIAN: Measure = {
  name: 'crlb_median',
  label: 'median Cramér-Rao bound',
  definition: 'median over voxels of the Cramér-Rao bound on the standard deviation of an unbiased estimate',
  unit: quantityUnit,
  better: null,
};

export const RMSE_RATIO: Measure = {
  name: 'rmse_ratio',
  label: 'RMSE ratio',
  definition:
    'RMSE over that of the reference: of the network trained for the condition it is used on (transfer), or median RMSE over that of the reference condition (repeated trainings)',
  unit: NO_UNIT,
  better: 'lower',
};

export const CORRELATION_BETWEEN: Measure = {
  name: 'correlation_between',
  label: 'correlation between fitters',
  definition:
    "Spearman's rank correlation of the estimates of two fitters (factor `compared_with`) over the voxels in which neither failed",
  unit: NO_UNIT,
  better: null,
};

export const ERROR_CORRELATION_BETWEEN: Measure = {
  name: 'error_correlation_between',
  label: 'correlation of errors between fitters',
  definition:
    'the same of estimate minus truth: without the correlation that differences between the voxels give any two fitters',
  unit: NO_UNIT,
  better: null,
};
