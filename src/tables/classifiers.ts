import type { Line, Table } from '../contracts/table.ts';
import { AUC_MEDIAN, AUC_OF_IDEAL, IDEAL_OBSERVER } from '../measures/classification.ts';
import {
  classifierLines,
  conditionText,
  idealAucs,
  summaryRow,
  type ClassifierLine,
} from './reading/classifiers.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'Area under the ROC curve',
  order: 1,
  caption:
    'AUC on the cases that were trained on, on validation cases (which early stopping and the choice of epochs saw), on test cases and, for ' +
    'virtual cases, on a population that no training saw: median over splits and seeds, with the lowest and the highest. Share of the ideal: ' +
    'how far the AUC on the population lies on the way from 0.5 to that of the ideal observer of the same images, which the last lines have.',
  build(rows) {
    const lines = classifierLines(rows);
    if (lines.length === 0) return null;
    const ideal = idealAucs(rows);
    return {
      columns: [
        { name: 'method', label: 'Classifier' },
        { name: 'modality', label: 'Images' },
        { name: 'condition', label: 'Condition' },
        { name: 'trainings', label: 'Trainings' },
        ...SETS.map(([name, label]) => ({ name: `auc_${name}`, label, decimals: 3 })),
        { name: 'auc_of_ideal', label: 'Share of the ideal', decimals: 3 },
      ],
      lines: [
        ...lines.map((line): Line => ({
          values: [
            line.method,
            line.modality,
            conditionText(line),
            trainingsOf(line),
            ...SETS.map(([set]) => withInterval(summaryRow(line, AUC_MEDIAN.name, set))),
            withInterval(summaryRow(line, AUC_OF_IDEAL.name, 'population')),
          ],
        })),
        ...[...ideal].map(([modality, auc]): Line => ({
          values: [
            IDEAL_OBSERVER,
            modality,
            '',
            null,
            ...SETS.map(([set]) => (set === 'population' ? auc : null)),
            1,
          ],
        })),
      ],
    };
  },
};
export default table;

const SETS = [
  ['train', 'Training'],
  ['validation', 'Validation'],
  ['test', 'Test'],
  ['population', 'Population'],
] as const;

/** Pairs of a split and a seed. */
const trainingsOf = ({ rows }: ClassifierLine): number =>
  new Set(
    rows
      .filter(({ factors }) => 'split' in factors)
      .map(({ factors }) => JSON.stringify([factors.split, factors.seed])),
  ).size;
