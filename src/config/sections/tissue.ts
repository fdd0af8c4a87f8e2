import { z } from 'zod';
import { Distribution, support } from './distribution.ts';

const Fraction = Distribution.refine((f) => support(f)[1] <= 1, {
  error: 'found fractions above 1; allowed: f from 0 to 1',
});

/** What the true parameters are drawn from: D and Dp in mm²/s, f a fraction 0..1. */
export const Tissue = z
  .strictObject({ Dp: Distribution, D: Distribution, f: Fraction })
  .meta({ id: 'Tissue' });
export type Tissue = z.output<typeof Tissue>;
