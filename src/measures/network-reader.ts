import { fixedUnit, NO_UNIT, type Measure } from './measure.ts';
import { quantityUnit } from './quantities.ts';

/** A network as one more reader of the volunteers, beside those who drew the regions. */

/** What it is called among readers, whose names in BIDS have no space. */
export const NETWORK_READER = 'the network';

const JACKKNIFE = 'with a 95 % jackknife interval over subjects';
const SAME = 'in the regions of people that all of them have marked';

export const NETWORK_ROI_MEAN: Measure = {
  name: 'network_roi_mean',
  label: 'region mean of the network',
  definition:
    'mean estimate over the voxels of a region as the network marked it; n counts those that did not fail',
  unit: quantityUnit,
  better: null,
};

export const NETWORK_ICC2: Measure = {
  name: 'network_icc2',
  label: 'ICC(2,1) of the network and a reader',
  definition: `absolute agreement of the region means of the network and of the reader of the factor \`reader\`, ${SAME}, ${JACKKNIFE}`,
  unit: NO_UNIT,
  better: 'higher',
};

export const NETWORK_ICC2_DIFFERENCE: Measure = {
  name: 'network_icc2_difference',
  label: 'difference of ICC(2,1)',
  definition: `mean of \`network_icc2\` over the readers less the ICC(2,1) between the readers, ${SAME}, ${JACKKNIFE}`,
  unit: NO_UNIT,
  better: 'higher',
};

export const NETWORK_CV: Measure = {
  name: 'network_cv_percent',
  label: 'CV between people, network',
  definition: `coefficient of variation between people of the region means of the network, the mean over regions, ${JACKKNIFE}`,
  unit: fixedUnit('%'),
  better: null,
};

export const NETWORK_CV_DIFFERENCE: Measure = {
  name: 'network_cv_difference',
  label: 'difference of CV between people',
  definition: `\`network_cv_percent\` less the same of the mean over the readers, ${SAME}, ${JACKKNIFE}`,
  unit: fixedUnit('%'),
  better: null,
};

export const NETWORK_REGION_DIFFERENCE: Measure = {
  name: 'network_region_difference',
  label: 'region mean, network less readers',
  definition:
    "region mean of the network less the mean over the readers, in per cent of the mean of the latter over people: the mean over people with Student's 95 % interval",
  unit: fixedUnit('%'),
  better: null,
};
