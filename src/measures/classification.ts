import { NO_UNIT, type Measure } from './measure.ts';

/** How well cases are told apart in two classes, and how far the probabilities of a classifier can be believed. */

const SIGNIFICANT = 'positive is significant fibrosis, stage 2 and above, where cases have stages';

export const AUC: Measure = {
  name: 'auc',
  label: 'AUC',
  definition: `area under the ROC curve, the share of pairs of a positive and a negative case that the score has in order, with DeLong's 95 % interval (1988) over cases on the logit scale; ${SIGNIFICANT}`,
  unit: NO_UNIT,
  better: 'higher',
};

export const AUC_IDEAL: Measure = {
  name: 'auc_ideal',
  label: 'ideal AUC',
  definition:
    'AUC of the ideal observer of virtual cases, who sees the latent variables of the modalities without noise: a closed form of the settings that no classifier surpasses in the long run',
  unit: NO_UNIT,
  // A property of the data.
  better: null,
};

/** What rows of the ideal observer have as their method. */
export const IDEAL_OBSERVER = 'ideal observer';

export const AUC_MEDIAN: Measure = {
  name: 'auc_median',
  label: 'median AUC',
  definition:
    'median of `auc` over the trainings on all splits and from all seeds; the interval spans the lowest and the highest',
  unit: NO_UNIT,
  better: 'higher',
};

export const AUC_OF_IDEAL: Measure = {
  name: 'auc_of_ideal',
  label: 'share of the ideal AUC',
  definition:
    'median over trainings of (`auc` - 0.5) / (`auc_ideal` - 0.5): how far a classifier gets from chance to the ideal observer of what it sees; the interval spans the lowest and the highest',
  unit: NO_UNIT,
  better: 'higher',
};

export const AUC_DIFFERENCE: Measure = {
  name: 'auc_difference',
  label: 'AUC difference',
  definition:
    "AUC less that of another classifier (factor `compared_with`) on the same cases: the mean over splits, each averaged over its trainings. The 95 % interval is Student's, for the variance between splits and DeLong's paired variance (1988) over cases together",
  unit: NO_UNIT,
  better: 'higher',
};

export const ACCURACY: Measure = {
  name: 'accuracy',
  label: 'accuracy',
  definition: "share of the cases that are classified correctly, with Wilson's 95 % interval",
  unit: NO_UNIT,
  better: 'higher',
};

export const SENSITIVITY: Measure = {
  name: 'sensitivity',
  label: 'sensitivity',
  definition: "share of the positive cases that are classified as positive, with Wilson's 95 % interval",
  unit: NO_UNIT,
  better: 'higher',
};

export const SPECIFICITY: Measure = {
  name: 'specificity',
  label: 'specificity',
  definition: "share of the negative cases that are classified as negative, with Wilson's 95 % interval",
  unit: NO_UNIT,
  better: 'higher',
};

export const ECE: Measure = {
  name: 'ece',
  label: 'expected calibration error',
  definition:
    'mean of |share of positive cases - mean probability| over ten equally wide bins of the probability, weighted by cases; above 0 by scatter alone. 95 % interval of the basic bootstrap over cases',
  unit: NO_UNIT,
  better: 'lower',
};

export const BRIER: Measure = {
  name: 'brier',
  label: 'Brier score',
  definition:
    'mean squared difference between the probability of being positive and 1 or 0 (Brier 1950), with the 95 % interval of a mean over cases',
  unit: NO_UNIT,
  better: 'lower',
};

const count = (name: string, label: string, definition: string): Measure => ({
  name,
  label,
  definition: `number of ${definition}`,
  unit: NO_UNIT,
  better: null,
});

export const TRUE_POSITIVES = count(
  'true_positives',
  'true positives',
  'positive cases that are classified as positive',
);
export const FALSE_NEGATIVES = count(
  'false_negatives',
  'false negatives',
  'positive cases that are classified as negative',
);
export const FALSE_POSITIVES = count(
  'false_positives',
  'false positives',
  'negative cases that are classified as positive',
);
export const TRUE_NEGATIVES = count(
  'true_negatives',
  'true negatives',
  'negative cases that are classified as negative',
);
/** The four cells of a confusion matrix: positive cases first, correct ones at the ends. */
export const CONFUSION: readonly Measure[] = [
  TRUE_POSITIVES,
  FALSE_NEGATIVES,
  FALSE_POSITIVES,
  TRUE_NEGATIVES,
];

export const TRUE_POSITIVE_RATE: Measure = {
  name: 'true_positive_rate',
  label: 'true-positive rate',
  definition:
    'a point of an ROC curve: sensitivity where 1 - specificity is the factor `false_positive_rate`',
  unit: NO_UNIT,
  better: 'higher',
};

export const PREDICTED_SHARE: Measure = {
  name: 'predicted_share',
  label: 'mean probability',
  definition:
    'mean probability of being positive over the cases in a bin of it (factors `from`, `to`): the abscissa of a reliability diagram',
  unit: NO_UNIT,
  better: null,
};

export const OBSERVED_SHARE: Measure = {
  name: 'observed_share',
  label: 'share of positive cases',
  definition:
    "share of positive cases in a bin of the probability (factors `from`, `to`), with Wilson's 95 % interval: the ordinate of a reliability diagram",
  unit: NO_UNIT,
  better: null,
};
