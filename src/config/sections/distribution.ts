import { z } from 'zod';
import type { Distribution as Drawn } from '../../contracts/fitter.ts';
import { showValue } from '../show-value.ts';
import { oneOfKeys } from './one-of-keys.ts';

const range = (low: z.ZodNumber) =>
  z.tuple([low, low]).refine(([from, to]) => from < to, {
    error: ({ input }) => `found ${showValue(input)}; allowed: two numbers, the smaller one first`,
  });

/** How a quantity is drawn. Its unit is that of the quantity. */
export const Distribution = oneOfKeys({
  uniform: range(z.number().nonnegative()).describe('from, to: every value equally likely'),
  logUniform: range(z.number().positive()).describe('from, to: every logarithm equally likely'),
  normal: z
    .strictObject({ mean: z.number().nonnegative(), sd: z.number().positive() })
    .describe('cut where the quantity has no meaning: below 0, and a fraction above 1'),
  constant: z.number().nonnegative(),
}).meta({ id: 'Distribution' }) satisfies z.ZodType<Drawn>;
export type Distribution = z.output<typeof Distribution>;

/** Smallest and largest value of `distribution`; of a normal one, whose tails are cut where they must be, the mean. */
export function support(distribution: Distribution): readonly [number, number] {
  if ('uniform' in distribution) return distribution.uniform;
  if ('logUniform' in distribution) return distribution.logUniform;
  if ('normal' in distribution) return [distribution.normal.mean, distribution.normal.mean];
  return [distribution.constant, distribution.constant];
}
