import { InputError } from '../contracts/input-error.ts';
import type { Modality } from './modality.ts';

/** A voxel belongs to the foreground from this fraction of the 98th percentile on: air with noise stays below. */
const FOREGROUND = 0.15;

/** Units that ADC maps come in: range of the median over tissue, and the factor to 10⁻³ mm²/s. */
const ADC_UNITS = [
  { unit: 'mm²/s', low: 1e-4, high: 5e-3, factor: 1000 },
  { unit: '10⁻³ mm²/s', low: 0.1, high: 5, factor: 1 },
  { unit: '10⁻⁶ mm²/s', low: 100, high: 5000, factor: 1e-3 },
] as const;

/**
 * Brings the image of one case to a scale that cases share, by one factor, so that contrasts within it stay what they are.
 *
 * - `T1w`, `T2w`: divided by the median of the foreground. Their unit is arbitrary.
 * - `adc`: in 10⁻³ mm²/s. The unit is recognised from the median over the foreground, as the usual ones lie a factor of 1000 apart.
 *   A map is never divided by a scale of its own, and nothing is centred: the level is what a map of the ADC tells.
 *
 * @param values of one volume, overwritten
 * @param where names the image in errors
 * @throws InputError where the foreground is empty, or the ADC is in none of the units
 */
export function normalise(values: Float32Array, modality: Modality, where: string): void {
  multiply(
    values,
    modality === 'adc' ? adcFactor(levelOf(values, where), where) : 1 / levelOf(values, where),
  );
}

/**
 * Divides an image in arbitrary units by the median of its foreground.
 * @param values overwritten
 * @param where names the image in errors
 * @throws InputError where the foreground is empty
 */
export const divideByMedian = (values: Float32Array, where: string): void =>
  multiply(values, 1 / levelOf(values, where));

function levelOf(values: Float32Array, where: string): number {
  const level = foregroundMedian(values);
  if (!(level > 0)) throw new InputError(`${where}: holds no value above 0`);
  return level;
}

function multiply(values: Float32Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i] *= factor;
}

function adcFactor(level: number, where: string): number {
  const found = ADC_UNITS.find(({ low, high }) => level >= low && level <= high);
  if (found) return found.factor;
  throw new InputError(
    `${where}: the median ADC over tissue is ${Number(level.toPrecision(3))}; allowed: a map in ${ADC_UNITS.map(({ unit }) => unit).join(', ')}`,
  );
}

/** Median of the values from `FOREGROUND` of the 98th percentile of all positive ones on; NaN where none is positive. */
export function foregroundMedian(values: Float32Array): number {
  const positive = values.filter((value) => value > 0).sort();
  if (positive.length === 0) return NaN;
  const threshold = FOREGROUND * positive[Math.floor(0.98 * (positive.length - 1))];
  const from = positive.findIndex((value) => value >= threshold);
  return positive[from + Math.floor((positive.length - 1 - from) / 2)];
}
