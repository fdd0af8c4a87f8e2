import { AUC_MEDIAN } from '../../measures/classification.ts';
import { decimalText } from '../../tables/reading/number-text.ts';
import { summaryRow, type ClassifierLine } from '../../tables/reading/classifiers.ts';

const DECIMALS = 3;

export const aucText = (value: number): string => decimalText(value, DECIMALS);

/** `0.969 (0.961–0.973)`: the median over the trainings of a classifier, with the lowest and the highest; undefined without any. */
export function aucWords(line: ClassifierLine, set: string): string | undefined {
  const row = summaryRow(line, AUC_MEDIAN.name, set);
  if (row === undefined || !Number.isFinite(row.value)) return undefined;
  const span = row.ciLow < row.ciHigh ? ` (${aucText(row.ciLow)}–${aucText(row.ciHigh)})` : '';
  return `${aucText(row.value)}${span}`;
}

/** Where the classifiers of a study are compared: on the population, or on test cases where there is none. */
export const comparedOn = (lines: readonly ClassifierLine[]): 'population' | 'test' =>
  lines.some((line) => summaryRow(line, AUC_MEDIAN.name, 'population')) ? 'population' : 'test';
