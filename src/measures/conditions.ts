/** Values of the factor `condition` that tables and figures look for: how a classifier was trained, other than the study says. */
export const CONDITIONS = {
  /** On a limited number of cases (factor `training_cases`). */
  learningCurve: 'learning curve',
  noAugmentation: 'no augmentation',
  /** Labels shuffled among all cases, which leaves nothing to learn. */
  shuffled: 'labels shuffled',
  /** On images of another scanner, from the weights of a network trained on those of the study (factor `training_cases`). */
  fineTuned: 'other scanner, fine-tuned',
  /** On images of another scanner, from random weights (factor `training_cases`). */
  fromScratch: 'other scanner, from scratch',
} as const;

/** Values of the factor `shift`: what was done to the weighted images that a network is given, from the mildest on. Of other images than these two, `zeroed` names them. */
export const SHIFTS = {
  oneZeroed: 'T2w zeroed',
  bothZeroed: 'PDw and T2w zeroed',
  moved: 'moved by 6 mm',
  /** Those of another subject. */
  swapped: 'swapped',
} as const;
