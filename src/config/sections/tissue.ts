import { z } from 'zod';
import { impossibleRate } from '../../signal/b-values.ts';
import { Distribution, support } from './distribution.ts';

const Fraction = Distribution.refine((f) => support(f)[1] <= 1, {
  error: 'found fractions above 1; allowed: f from 0 to 1',
});

const rate = (name: 'D' | 'Dp') =>
  Distribution.superRefine((drawn, context) => {
    const message = impossibleRate(name, support(drawn)[1]);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** The distribution of the true parameters: D and Dp in mm²/s, f a fraction 0..1. */
export const Tissue = z
  .strictObject({
    Dp: rate('Dp').describe('pseudo-diffusion coefficient, mm²/s'),
    D: rate('D').describe('diffusion coefficient, mm²/s'),
    f: Fraction.describe('perfusion fraction, 0 to 1'),
  })
  .meta({ id: 'Tissue', description: 'distribution of the true parameters' });
export type Tissue = z.output<typeof Tissue>;
