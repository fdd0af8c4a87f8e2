import type { Row } from '../../contracts/metric.ts';
import { AUC_IDEAL, AUC_MEDIAN } from '../../measures/classification.ts';
import { counted } from '../../wording/counted.ts';
import { byName } from './series.ts';

/** A classifier under one condition, as lines of tables and series of figures have it. */
export interface ClassifierLine {
  readonly method: string;
  /** `''` for the settings of the study. */
  readonly condition: string;
  /** Training cases, where a condition limits them. */
  readonly trainingCases: number | undefined;
  readonly modality: string;
  /** Rows of the classifier under this condition, those of single trainings included. */
  readonly rows: readonly Row[];
}

/**
 * The classifiers of an experiment: those under the study's own settings first, the better the earlier; then conditions, in the order of
 * their names, sizes of training sets from the smallest up.
 */
export function classifierLines(rows: readonly Row[]): ClassifierLine[] {
  const groups = new Map<string, ClassifierLine & { rows: Row[] }>();
  for (const row of rows) {
    const { modality, condition = '', training_cases: trainingCases } = row.factors;
    if (modality === undefined || row.metric === AUC_IDEAL.name) continue;
    const key = JSON.stringify([row.method, condition, trainingCases, modality]);
    const group = groups.get(key) ?? {
      method: row.method,
      condition: String(condition),
      trainingCases: trainingCases === undefined ? undefined : Number(trainingCases),
      modality: String(modality),
      rows: [],
    };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()]
    .filter((line) => line.rows.some(({ metric }) => metric === AUC_MEDIAN.name))
    .sort(
      (a, b) =>
        Number(a.condition !== '') - Number(b.condition !== '') ||
        (a.condition === '' ? 0 : byName(a.condition, b.condition)) ||
        (a.trainingCases ?? 0) - (b.trainingCases ?? 0) ||
        bestAuc(b) - bestAuc(a) ||
        byName(a.method, b.method),
    );
}

/** The condition for people, with the number of training cases where it limits them. */
export const conditionText = ({ condition, trainingCases }: ClassifierLine): string =>
  [
    condition === '' ? 'as configured' : condition,
    ...(trainingCases === undefined ? [] : [counted(trainingCases, 'case')]),
  ].join(', ');

/** Trainings of networks have a seed; classifiers without one are the same every time. */
export const isNetwork = ({ rows }: ClassifierLine): boolean => rows.some(({ factors }) => 'seed' in factors);

/** The median of a metric over the trainings of a classifier on a set, and the lowest and highest of them; null without any. */
export function overTrainings(
  { rows }: ClassifierLine,
  metric: string,
  set: string,
): { value: number; low: number; high: number } | null {
  const values = rows
    .filter((row) => row.metric === metric && row.factors.set === set && 'split' in row.factors)
    .map(({ value }) => value)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (values.length === 0) return null;
  const middle = values.length >> 1;
  const value = values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  return { value, low: values[0], high: values.at(-1)! };
}

/** A row of all trainings of a classifier together; undefined where there is none. */
export const summaryRow = ({ rows }: ClassifierLine, metric: string, set: string): Row | undefined =>
  rows.find((row) => row.metric === metric && row.factors.set === set && !('split' in row.factors));

/** The AUC of the ideal observer per modality (`all` for all together). */
export const idealAucs = (rows: readonly Row[]): ReadonlyMap<string, number> =>
  new Map(
    rows
      .filter(({ metric }) => metric === AUC_IDEAL.name)
      .map(({ factors, value }) => [String(factors.modality), value]),
  );

/** The AUC of the ideal observer of all images a study has; a study of one has none of all. */
export function idealOfAll(rows: readonly Row[]): number | undefined {
  const ideals = idealAucs(rows);
  return ideals.get('all') ?? [...ideals.values()][0];
}

function bestAuc(line: ClassifierLine): number {
  for (const set of ['population', 'test']) {
    const row = summaryRow(line, AUC_MEDIAN.name, set);
    if (row && Number.isFinite(row.value)) return row.value;
  }
  return 0;
}
