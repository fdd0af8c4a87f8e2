import * as agreement from './agreement.ts';
import * as errors from './errors.ts';
import * as intervals from './intervals.ts';
import type { Measure } from './measure.ts';
import * as regions from './regions.ts';
import * as repeatedTrainings from './repeated-trainings.ts';
import * as timing from './timing.ts';
import * as training from './training.ts';

const FAMILIES = { errors, intervals, timing, training, repeatedTrainings, regions, agreement };

/** Every measure that the files of this folder declare. */
export const ALL_MEASURES: readonly Measure[] = [
  ...new Set(
    Object.values(FAMILIES)
      .flatMap((family) => Object.values<unknown>({ ...family }))
      .flatMap(measuresIn),
  ),
];

const byName = new Map(ALL_MEASURES.map((measure) => [measure.name, measure]));

/** The measure of that name; undefined where a plug-in reports one of its own. */
export const measureNamed = (name: string): Measure | undefined => byName.get(name);

/** Measures among an exported value: itself, its variants, or the elements of a list. */
function measuresIn(value: unknown): Measure[] {
  if (Array.isArray(value)) return value.flatMap(measuresIn);
  if (!isMeasure(value)) return [];
  return 'bootstrap' in value ? [value, value.bootstrap as Measure] : [value];
}

function isMeasure(value: unknown): value is Measure {
  return typeof value === 'object' && value !== null && 'name' in value && 'definition' in value;
}
