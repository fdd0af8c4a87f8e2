import { NO_UNIT, type Measure } from './measure.ts';

/** One training of a network: its curve and where it ended. */

export const TRAINING_LOSS: Measure = {
  name: 'training_loss',
  label: 'training loss',
  definition: 'mean loss over the training voxels or cases in one epoch (factor `epoch`)',
  unit: NO_UNIT,
  better: 'lower',
};

export const TRAINING_ACCURACY: Measure = {
  name: 'training_accuracy',
  label: 'training accuracy',
  definition:
    'share of the training cases that are classified correctly during one epoch (factor `epoch`), with dropout and augmentation',
  unit: NO_UNIT,
  better: 'higher',
};

export const VALIDATION_LOSS: Measure = {
  name: 'validation_loss',
  label: 'validation loss',
  definition: 'mean loss over the validation cases after an epoch (factor `epoch`)',
  unit: NO_UNIT,
  better: 'lower',
};

export const VALIDATION_ACCURACY: Measure = {
  name: 'validation_accuracy',
  label: 'validation accuracy',
  definition: 'share of the validation cases that are classified correctly after an epoch (factor `epoch`)',
  unit: NO_UNIT,
  better: 'higher',
};

export const LOSS: Measure = {
  name: 'loss',
  label: 'final loss',
  definition:
    'mean squared difference between normalised signals and the decay of the estimates, over the voxels a network was trained on and all b-values above 0 (Barbieri et al. 2020)',
  unit: NO_UNIT,
  better: 'lower',
};

export const LOSS_ALL: Measure = {
  name: 'loss_all',
  label: 'final loss on all voxels',
  definition: 'the same as `loss`, over the largest set of training voxels of the experiment',
  unit: NO_UNIT,
  better: 'lower',
};

export const RUNNING_LOSS: Measure = {
  name: 'running_loss',
  label: 'lowest running loss',
  definition:
    'the lowest training loss of an epoch, summed over its batches while the weights change: what the study stops at; comparable between trainings on as many voxels; of several trainings the lowest',
  unit: NO_UNIT,
  better: 'lower',
};

export const EPOCHS: Measure = {
  name: 'epochs',
  label: 'epochs',
  definition: 'number of epochs until training stopped',
  unit: NO_UNIT,
  better: null,
};
