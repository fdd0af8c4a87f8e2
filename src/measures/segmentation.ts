import { fixedUnit, NO_UNIT, type Measure } from './measure.ts';

/** How regions that a method marks in a scan agree with those of others. */

const MM = fixedUnit('mm');
const OVER_PEOPLE =
  "the mean over people with Student's 95 % interval; of region `all` first the mean of each person over regions";
const REFERENCE = 'the region of the factor `reference`, the `truth` or a reader';

/** The factor `region` of means over regions. */
export const ALL_REGIONS = 'all';

/** What rows of drawings have as their method; whose they are is the factor `reader`. */
export const READERS = 'readers';

/** What rows of methods without a network on images have as their method. */
export const SEGMENTATION_FLOORS = {
  position: 'position alone',
  logistic: 'logistic regression',
  connected: 'fully connected',
} as const;

export const DICE: Measure = {
  name: 'dice',
  label: 'Dice',
  definition: `Dice's coefficient of a region and ${REFERENCE}: ${OVER_PEOPLE}. A region that is missing has 0`,
  unit: NO_UNIT,
  better: 'higher',
};

export const HD95: Measure = {
  name: 'hd95',
  label: 'Hausdorff distance, 95th percentile',
  definition: `the larger of the 95th percentiles of the distances of the surface of a region from that of ${REFERENCE}, and the other way round: ${OVER_PEOPLE}. People in whom one of the two is empty are left out; n counts the others`,
  unit: MM,
  better: 'lower',
};

export const SURFACE_DISTANCE: Measure = {
  name: 'surface_distance',
  label: 'average surface distance',
  definition: `mean distance of the surface voxels of a region from the surface of ${REFERENCE}, and the other way round: ${OVER_PEOPLE}. People in whom one of the two is empty are left out; n counts the others`,
  unit: MM,
  better: 'lower',
};

export const DICE_OVER_READERS: Measure = {
  name: 'dice_over_readers',
  label: 'Dice with readers less that between readers',
  definition:
    "mean Dice of a method with each of the readers, less the mean Dice between readers, in the same people: the mean of the paired differences with Student's 95 % interval over people",
  unit: NO_UNIT,
  better: 'higher',
};

export const DICE_DIFFERENCE: Measure = {
  name: 'dice_difference',
  label: 'difference of Dice',
  definition:
    "`dice` against the truth less that of another method (factor `compared_with`) in the same people: the mean of the paired differences with Student's 95 % interval over people",
  unit: NO_UNIT,
  better: 'higher',
};
