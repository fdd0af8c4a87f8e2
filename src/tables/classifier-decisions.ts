import type { Line, Table } from '../contracts/table.ts';
import { ACCURACY, BRIER, ECE, SENSITIVITY, SPECIFICITY } from '../measures/classification.ts';
import { classifierLines, conditionText, overTrainings } from './reading/classifiers.ts';

const table: Table = {
  title: 'Decisions and probabilities',
  order: 2,
  caption:
    'Accuracy, sensitivity and specificity where a probability of 0.5 or more counts as positive; expected calibration error over ten bins; and ' +
    'Brier score. Medians over splits and seeds, with the lowest and the highest.',
  build(rows) {
    const lines = classifierLines(rows).flatMap((line): Line[] =>
      SETS.flatMap((set) => {
        const values = MEASURES.map(({ name }) => overTrainings(line, name, set));
        if (values.every((value) => value === null)) return [];
        return [{ values: [line.method, conditionText(line), set, ...values] }];
      }),
    );
    if (lines.length === 0) return null;
    return {
      columns: [
        { name: 'method', label: 'Classifier' },
        { name: 'condition', label: 'Condition' },
        { name: 'set', label: 'Cases' },
        ...MEASURES.map(({ name, label }) => ({
          name,
          label: label.charAt(0).toUpperCase() + label.slice(1),
          decimals: 3,
        })),
      ],
      lines,
    };
  },
};
export default table;

const SETS = ['test', 'population'] as const;
const MEASURES = [ACCURACY, SENSITIVITY, SPECIFICITY, ECE, BRIER];
