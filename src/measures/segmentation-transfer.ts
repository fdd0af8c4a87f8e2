import { fixedUnit, NO_UNIT, type Measure } from './measure.ts';

/** A network that marks regions, brought to scans of another field strength. */

const PEOPLE = fixedUnit('people');
const OVER = "over people of the other field who are in no training, with Student's 95 % interval";

/** Values of the factor `start`. */
export const STARTS = {
  asItIs: 'as it is',
  fineTuned: 'fine-tuned',
  fromScratch: 'from scratch',
} as const;

export const TRANSFER_DICE: Measure = {
  name: 'transfer_dice',
  label: 'Dice at the other field',
  definition: `mean Dice of the regions with the true ones, ${OVER}; of each person the mean over regions and over draws of the people trained on. Factors: \`start\`, and \`people\` of the other field that training used`,
  unit: NO_UNIT,
  better: 'higher',
};

export const TRANSFER_DICE_DIFFERENCE: Measure = {
  name: 'transfer_dice_difference',
  label: 'Dice, fine-tuned less from scratch',
  definition: `\`transfer_dice\` fine-tuned with so many people less that from scratch with the same, the mean of the paired differences ${OVER}`,
  unit: NO_UNIT,
  better: 'higher',
};

export const PEOPLE_NEEDED: Measure = {
  name: 'people_needed',
  label: 'people needed from scratch',
  definition:
    'number of people that training from scratch needs for the Dice of the factors `start` and `people`: linear between the sizes of the study in the logarithm of the number, never fewer than the smallest or more than the largest of them; jackknife interval over tested people',
  unit: PEOPLE,
  better: null,
};

export const PEOPLE_SAVED: Measure = {
  name: 'people_saved',
  label: 'people saved by fine-tuning',
  definition: '`people_needed` less the people that fine-tuning used',
  unit: PEOPLE,
  better: 'higher',
};
