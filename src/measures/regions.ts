import { NO_UNIT, type Measure } from './measure.ts';
import { quantityUnit } from './quantities.ts';

/** What a data set of volunteers holds, the region means, and how they compare with true ones where these are known. */

const count = (name: string, label: string, definition: string): Measure => ({
  name,
  label,
  definition,
  unit: NO_UNIT,
  better: null,
});

export const COUNT_SUBJECTS = count('count_subjects', 'subjects', 'number of subjects of the data set');
export const COUNT_SESSIONS = count('count_sessions', 'sessions', 'number of sessions of the data set');
export const COUNT_READERS = count('count_readers', 'readers', 'number of readers who drew regions');
export const COUNT_REGIONS = count('count_regions', 'regions', 'number of regions');
export const COUNT_MISSING = count(
  'count_missing',
  'missing',
  'number of missing or unusable files and regions',
);

export const MISSING = count(
  'missing',
  'missing',
  '1 for each missing or unusable file or region (factors `what` and `leaves_out`)',
);
export const REGION_ORDER = count('region_order', 'order', 'place of a region in the order of the data set');
export const ROI_VOXELS = count('roi_voxels', 'voxels', 'number of voxels of a region as one reader drew it');

export const ROI_MEAN: Measure = {
  name: 'roi_mean',
  label: 'region mean',
  definition:
    'mean estimate over the voxels of a region as one reader drew it; n counts those that did not fail',
  unit: quantityUnit,
  better: null,
};

export const ROI_BIAS: Measure = {
  name: 'roi_bias',
  label: 'bias of region means',
  definition: 'mean of estimated minus true region mean',
  unit: quantityUnit,
  better: null,
};

export const ROI_RMSE: Measure = {
  name: 'roi_rmse',
  label: 'RMSE of region means',
  definition: 'square root of the mean squared difference between estimated and true region means',
  unit: quantityUnit,
  better: 'lower',
};

export const CORRELATION_WITH_TRUTH: Measure = {
  name: 'correlation_with_truth',
  label: 'correlation with the truth',
  definition: "Pearson's correlation of estimated and true region means",
  unit: NO_UNIT,
  better: 'higher',
};

export const CORRELATION_WITHIN_REGIONS: Measure = {
  name: 'correlation_with_truth_within_regions',
  label: 'correlation with the truth within regions',
  definition: 'the same after subtracting the mean of each region: differences between subjects alone',
  unit: NO_UNIT,
  better: 'higher',
};

export const SLOPE_ON_TRUTH: Measure = {
  name: 'slope_on_truth',
  label: 'slope on the truth',
  definition: 'slope of the regression of estimated on true region means',
  unit: NO_UNIT,
  // Nearer to 1 is better.
  better: null,
};

export const SLOPE_WITHIN_REGIONS: Measure = {
  name: 'slope_on_truth_within_regions',
  label: 'slope on the truth within regions',
  definition:
    'the same after subtracting the mean of each region: 1 finds differences between subjects in full, 0 none',
  unit: NO_UNIT,
  better: null,
};
