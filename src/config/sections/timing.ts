import { z } from 'zod';

/** How fits are timed; what is left out is as in `fitTime`. */
export const Timing = z
  .strictObject({
    warmUpMs: z
      .int()
      .min(0)
      .max(60_000)
      .optional()
      .describe('longest warm-up in milliseconds, before the first fit that counts; by default 300'),
    repeats: z
      .int()
      .min(3)
      .max(1000)
      .optional()
      .describe('measurements, of which the median is reported; by default 7'),
  })
  .meta({ id: 'Timing', description: 'how fits are timed' });
export type Timing = z.output<typeof Timing>;
