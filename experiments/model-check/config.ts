import { z } from 'zod';
import { SimulatedKeys } from '../../src/simulated/config.ts';
import { LARGEST_RATE } from '../../src/signal/b-values.ts';

const fraction = z.number().min(0).max(1);

const Kind = z
  .strictObject({
    name: z.string().min(1).describe('name in tables and figures'),
    normal: z
      .boolean()
      .default(false)
      .describe('whether it is normal tissue, where a poor fit is a false alarm'),
    D: z.number().nonnegative().max(LARGEST_RATE.D).describe('diffusion coefficient, mm²/s'),
    f: fraction.describe('perfusion fraction'),
    Dp: z.number().nonnegative().max(LARGEST_RATE.Dp).describe('pseudo-diffusion coefficient, mm²/s'),
    third: z
      .strictObject({
        fraction: fraction.describe('its fraction, taken from that of D'),
        rate: z.number().nonnegative().max(LARGEST_RATE.Dp).describe('its rate, mm²/s'),
      })
      .optional()
      .describe('a third decay'),
    kurtosis: z.number().min(0).max(3).default(0).describe('excess kurtosis of the diffusion part'),
    offset: z.number().min(0).max(1).default(0).describe('added to all signals, relative to S0'),
    lost: fraction
      .default(0)
      .describe('part of its signal that one image of each voxel loses, at a random b-value above 0'),
  })
  .refine(({ f, third }) => f + (third?.fraction ?? 0) <= 1, {
    path: ['third', 'fraction'],
    error: 'fractions of perfusion above 1; allowed: f and it add up to 1 at most',
  });

/** The YAML of a model check. `data.tissue` is what the fitters are given as prior or learn from. */
export const modelCheckSchema = SimulatedKeys.omit({ statistics: true }).extend({
  signals: z
    .array(Kind)
    .min(1)
    .superRefine((kinds, context) => {
      kinds.forEach(({ name }, i) => {
        if (kinds.findIndex((other) => other.name === name) === i) return;
        context.addIssue({
          code: 'custom',
          path: [i, 'name'],
          message: `found ${name} twice; allowed: each name once`,
        });
      });
    })
    .describe('kinds of signals; `data.voxels` of each are simulated at each noise level'),
});
export type ModelCheckConfig = z.output<typeof modelCheckSchema>;
