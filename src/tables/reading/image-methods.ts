import type { Row } from '../../contracts/metric.ts';
import type { ValueWithInterval } from '../../contracts/table.ts';
import { RMSE_FLOOR, RMSE_PERCENT } from '../../measures/synthesis.ts';
import { grouped } from './grouped.ts';
import { byName } from './series.ts';
import { withInterval } from './with-interval.ts';

/** A way to make images, under one condition, as lines of tables and rows of figures have it. */
export interface ImageMethod {
  readonly method: string;
  /** `''` for the settings of the study. */
  readonly condition: string;
  /** `unet`, or `unet, one repetition alone`. */
  readonly name: string;
  /** Trainings of a network; 0 of others. */
  readonly trainings: number;
  /** Rows of this method under this condition, those of single trainings included. */
  readonly rows: readonly Row[];
}

/** The ways to make images of a study: networks under its own settings, then under conditions, then what has no network. */
export function imageMethods(rows: readonly Row[]): ImageMethod[] {
  const kept = rows.filter(({ metric }) => metric !== RMSE_FLOOR.name);
  return [...grouped(kept, ({ method, factors }) => JSON.stringify([method, factors.condition ?? '']))]
    .filter(([, of]) => of.some(({ metric }) => metric === RMSE_PERCENT.name))
    .map(([key, of]): ImageMethod => {
      const [method, condition] = JSON.parse(key) as [string, string];
      const seeds = new Set(of.flatMap(({ factors }) => ('seed' in factors ? [factors.seed] : [])));
      const name = condition === '' ? method : `${method}, ${condition}`;
      return { method, condition, name, trainings: seeds.size, rows: of };
    })
    .sort(
      (a, b) =>
        Number(a.trainings === 0) - Number(b.trainings === 0) ||
        Number(a.condition !== '') - Number(b.condition !== '') ||
        byName(a.method, b.method) ||
        byName(a.condition, b.condition),
    );
}

/**
 * A measure of a method under some factors, `shift` being absent where it is not among them. Of several trainings it is the mean of each subject's values,
 * with its interval over subjects, which has a row without a seed; where that is missing, the mean of the trainings without an interval.
 */
export function imageValue(
  { rows }: Pick<ImageMethod, 'rows'>,
  { name }: { readonly name: string },
  factors: Row['factors'],
): ValueWithInterval | null {
  const found = rows.filter(
    (row) =>
      row.metric === name &&
      Number.isFinite(row.value) &&
      Object.entries(factors).every(([factor, value]) => row.factors[factor] === value) &&
      ('shift' in factors || row.factors.shift === undefined),
  );
  if (found.length === 0) return null;
  const [one] = found.length === 1 ? found : found.filter(({ factors: of }) => of.seed === undefined);
  if (one) return withInterval(one);
  return {
    value: found.reduce((sum, { value }) => sum + value, 0) / found.length,
    ...{ low: NaN, high: NaN },
  };
}

/** The sets that results are of, with what people call them. */
export const IMAGE_SETS = [
  ['test', 'unseen subjects'],
  ['other', 'another head'],
] as const;

/** Those that a run has, always the first. */
export const imageSets = (rows: readonly Row[]) =>
  IMAGE_SETS.filter(([set]) => set === 'test' || rows.some(({ factors }) => factors.set === set));
