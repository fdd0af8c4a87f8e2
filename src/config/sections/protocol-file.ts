import { z } from 'zod';
import { differentBValues, impossibleBValues, MS_PER_UM2, roundedToZero } from '../../signal/b-values.ts';

/** The fewest that can separate perfusion from diffusion; a fitter checks its own requirements. */
const FEWEST_DIFFERENT = 3;

/** b-values in s/mm²: ascending, the first 0; each repeated as often as it is measured. */
const BValues = z
  .array(z.number().transform(roundedToZero).pipe(z.number().nonnegative()))
  .min(FEWEST_DIFFERENT)
  .superRefine((bValues, context) => {
    if (bValues[0] !== 0) {
      context.addIssue({
        code: 'custom',
        path: [0],
        message: `found ${bValues[0]} as the first b-value; allowed: 0, to which the others are compared`,
      });
    }
    for (let k = 1; k < bValues.length; k++) {
      const [before, b] = [bValues[k - 1], bValues[k]];
      if (b >= before) continue;
      context.addIssue({
        code: 'custom',
        path: [k],
        message: `found ${b} after ${before}; allowed: b-values in ascending order`,
      });
    }
    const largest = Math.max(...bValues);
    const fault =
      largest < MS_PER_UM2
        ? `found ${largest} as the largest b-value; allowed: b-values in s/mm²; are these in ms/µm²? Multiply by 1,000`
        : impossibleBValues(bValues);
    if (fault !== undefined) {
      context.addIssue({ code: 'custom', message: fault });
      return;
    }
    const different = differentBValues(bValues).length;
    if (different >= FEWEST_DIFFERENT) return;
    const message = `found ${different} different b-values; allowed: at least ${FEWEST_DIFFERENT}, b=0 included`;
    context.addIssue({ code: 'custom', message });
  })
  .describe('b-values in s/mm²: ascending, the first 0; each listed once per measurement');

/** The content of a file in `configs/protocols/`. */
export const ProtocolFile = z.strictObject({
  name: z.string().min(1).describe('the name of the file without .yaml'),
  source: z.string().min(1).describe('where the protocol was published'),
  bValues: BValues,
  notes: z.string().optional().describe('remarks for readers'),
});
export type ProtocolFile = z.output<typeof ProtocolFile>;
