import { RMSE, RMSE_RATIO } from './errors.ts';
import { NO_UNIT, type Measure } from './measure.ts';
import { quantityUnit } from './quantities.ts';
import { LOSS, LOSS_ALL } from './training.ts';

/** Several trainings of one network that differ in their seed: medians, ratios and spread, with intervals over trainings. */

export const MEDIAN_LOSS: Measure = {
  name: 'median_loss',
  label: 'median final loss',
  definition: 'median of `loss` over trainings',
  unit: NO_UNIT,
  better: 'lower',
};

export const MEDIAN_LOSS_ALL: Measure = {
  name: 'median_loss_all',
  label: 'median final loss on all voxels',
  definition: 'median of `loss_all` over trainings',
  unit: NO_UNIT,
  better: 'lower',
};

export const MEDIAN_RMSE: Measure = {
  name: 'median_rmse',
  label: 'median RMSE',
  definition: 'median of `rmse` over trainings',
  unit: quantityUnit,
  better: 'lower',
};

export const LOSS_RATIO: Measure = {
  name: 'loss_ratio',
  label: 'loss ratio',
  definition: '`median_loss` over that of the reference condition',
  unit: NO_UNIT,
  better: 'lower',
};

export const LOSS_ALL_RATIO: Measure = {
  name: 'loss_all_ratio',
  label: 'loss ratio on all voxels',
  definition: '`median_loss_all` over that of the reference condition',
  unit: NO_UNIT,
  better: 'lower',
};

/** How conditions are compared: a measure of single trainings, its median over them, and the ratio of medians. */
export interface ComparedMeasure {
  readonly of: Measure;
  readonly median: Measure;
  readonly ratio: Measure;
}

export const COMPARED_LOSS: ComparedMeasure = { of: LOSS, median: MEDIAN_LOSS, ratio: LOSS_RATIO };
export const COMPARED_LOSS_ALL: ComparedMeasure = {
  of: LOSS_ALL,
  median: MEDIAN_LOSS_ALL,
  ratio: LOSS_ALL_RATIO,
};
export const COMPARED_MEASURES: readonly ComparedMeasure[] = [
  COMPARED_LOSS,
  COMPARED_LOSS_ALL,
  { of: RMSE, median: MEDIAN_RMSE, ratio: RMSE_RATIO },
];

export const CHOSEN_LOSS: Measure = {
  name: 'chosen_loss',
  label: 'loss of a chosen training',
  definition: '`loss` of the training whose loss is lowest, middle or highest (factor `chosen`)',
  unit: NO_UNIT,
  better: 'lower',
};

export const CHOSEN_RMSE: Measure = {
  name: 'chosen_rmse',
  label: 'RMSE of a chosen training',
  definition: '`rmse` of the training whose loss is lowest, middle or highest (factor `chosen`)',
  unit: quantityUnit,
  better: 'lower',
};

export const BEST_RMSE_RATIO: Measure = {
  name: 'best_rmse_ratio',
  label: 'RMSE of the training of lowest loss, relative to the median',
  definition:
    'RMSE of the training of lowest loss over the median RMSE of all trainings; without an SNR, the geometric mean over SNRs',
  unit: NO_UNIT,
  better: 'lower',
};

export const LOSS_RANK_CORRELATION: Measure = {
  name: 'loss_rank_correlation',
  label: 'rank correlation of loss and RMSE',
  definition: "Spearman's rank correlation of `loss` and `rmse` over trainings",
  unit: NO_UNIT,
  better: null,
};

export const CV_NET: Measure = {
  name: 'cv_net',
  label: 'CV_NET',
  definition:
    'root mean square over voxels of the standard deviation over trainings, divided by the mean truth (Kaandorp et al. 2021)',
  unit: NO_UNIT,
  better: 'lower',
};

export const MEDIAN_NRMSE: Measure = {
  name: 'median_nrmse',
  label: 'median NRMSE',
  definition: 'median of `nrmse` over trainings',
  unit: NO_UNIT,
  better: 'lower',
};

export const RANK_CORRELATION_DP_F: Measure = {
  name: 'rank_correlation_Dp_f',
  label: 'rank correlation of Dp and f',
  definition: "Spearman's rank correlation over voxels of the estimates of Dp and f of one training",
  unit: NO_UNIT,
  better: null,
};

export const MEAN_RANK_CORRELATION_DP_F: Measure = {
  name: 'mean_rank_correlation_Dp_f',
  label: 'mean rank correlation of Dp and f',
  definition:
    'mean over trainings of the absolute value of `rank_correlation_Dp_f` (as Kaandorp et al. 2021 report it)',
  unit: NO_UNIT,
  better: 'lower',
};

export const DENSITY: Measure = {
  name: 'density',
  label: 'density of the estimates',
  definition:
    'share of the estimates of all trainings between `from` and `to`, divided by the width of that bin',
  unit: NO_UNIT,
  better: null,
};

export const TRUE_DENSITY: Measure = {
  name: 'true_density',
  label: 'density of the truth',
  definition: 'density of the uniform distribution of true values between `from` and `to`',
  unit: NO_UNIT,
  better: null,
};

export const SPREAD_RATIO: Measure = {
  name: 'spread_ratio',
  label: 'spread of the estimates, relative to the truth',
  definition:
    'standard deviation over voxels of the estimates divided by that of the truth, median over trainings: below 1 where estimates shrink towards the mean',
  unit: NO_UNIT,
  // Nearer to 1 is better.
  better: null,
};

export const BEYOND_FRACTION: Measure = {
  name: 'beyond_fraction',
  label: 'share of estimates beyond the true range',
  definition: 'share of the estimates outside the range of the truth, median over trainings',
  unit: NO_UNIT,
  better: 'lower',
};
