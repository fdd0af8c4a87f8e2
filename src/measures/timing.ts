import { fixedUnit, type Measure } from './measure.ts';

/** Times. Their rows name the processor, the backend and the number of threads. */

export const FIT_US_PER_VOXEL: Measure = {
  name: 'fit_us_per_voxel',
  label: 'fitting time per voxel',
  definition:
    'median over repeated passes of the time of `fit` divided by the number of voxels, on one thread after a warm-up; the interval spans the fastest and the slowest pass',
  unit: fixedUnit('µs'),
  better: 'lower',
};

export const PREPARE_S: Measure = {
  name: 'prepare_s',
  label: 'preparation time',
  definition: 'time to train a network or to estimate a prior, once, before any voxel is fitted',
  unit: fixedUnit('s'),
  better: 'lower',
};

export const CALIBRATION_US: Measure = {
  name: 'calibration_us',
  label: 'calibration time',
  definition:
    'shortest time of a fixed loop in the process that timed the fitter: times are compared between machines as multiples of it',
  unit: fixedUnit('µs'),
  better: null,
};
