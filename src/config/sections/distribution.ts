import { z } from 'zod';
import type { Distribution as Drawn } from '../../contracts/fitter.ts';
import { showValue } from '../show-value.ts';
import { oneOfKeys } from './one-of-keys.ts';

const range = (low: z.ZodNumber) =>
  z.tuple([low, low]).refine(([from, to]) => from < to, {
    error: ({ input }) => `found ${showValue(input)}; allowed: two numbers, the smaller one first`,
  });

/** The ends of a uniform distribution. */
export const uniform = range(z.number().nonnegative()).describe('from, to: all values are equally likely');

/** The distribution of a quantity, in the unit of that quantity. */
export const Distribution = oneOfKeys({
  uniform,
  logUniform: range(z.number().positive()).describe('from, to: all logarithms are equally likely'),
  normal: z
    .strictObject({
      mean: z.number().nonnegative().describe('mean before truncation'),
      sd: z.number().positive().describe('standard deviation before truncation'),
    })
    .describe('normal, truncated at 0, and for fractions also at 1'),
  logNormal: z
    .strictObject({
      median: z.number().positive().describe('median before truncation'),
      sd: z.number().positive().describe('standard deviation of the natural logarithm before truncation'),
      within: range(z.number().positive()).describe('from, to: values outside are redrawn'),
    })
    .refine(({ median, within: [from, to] }) => from <= median && median <= to, {
      error: 'found a median outside `within`; allowed: one inside',
    })
    .describe('the natural logarithm is normal, truncated to a range'),
  constant: z.number().nonnegative().describe('always this value'),
}).meta({
  id: 'Distribution',
  description: 'how a quantity is drawn, in the unit of the quantity',
}) satisfies z.ZodType<Drawn>;
export type Distribution = z.output<typeof Distribution>;

/** Returns the smallest and largest value of `distribution`; for a normal one, whose tails must be cut somewhere, the mean. */
export function support(distribution: Distribution): readonly [number, number] {
  if ('uniform' in distribution) return distribution.uniform;
  if ('logUniform' in distribution) return distribution.logUniform;
  if ('logNormal' in distribution) return distribution.logNormal.within;
  if ('normal' in distribution) return [distribution.normal.mean, distribution.normal.mean];
  return [distribution.constant, distribution.constant];
}
