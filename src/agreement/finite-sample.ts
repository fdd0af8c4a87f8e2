import { InputError } from '../contracts/input-error.ts';

/**
 * Returns the values as an array.
 * @param what name of the sample in messages: `estimates`
 * @throws InputError if there are fewer than `least` values, or one is not finite
 */
export function finiteSample(values: ArrayLike<number>, what: string, least: number): number[] {
  if (values.length < least) {
    throw new InputError(`${values.length} ${what}; at least ${least} are needed`);
  }
  const sample = Array.from(values);
  const bad = sample.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new InputError(`number ${bad + 1} of the ${what} is ${sample[bad]}; allowed: finite numbers`);
  return sample;
}

/** @throws InputError also if the numbers of values differ, naming both samples */
export function finitePairs(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  names: readonly [string, string],
  least: number,
): [number[], number[]] {
  if (first.length !== second.length) {
    throw new InputError(
      `${first.length} ${names[0]} but ${second.length} ${names[1]}; they are compared in pairs`,
    );
  }
  return [finiteSample(first, names[0], least), finiteSample(second, names[1], least)];
}

/** Whether all values are equal, which a standard deviation computed with rounding need not show. */
export const isConstant = (values: readonly number[]): boolean =>
  values.every((value) => value === values[0]);
