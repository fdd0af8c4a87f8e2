import { z } from 'zod';

/** Three parameters and S0 need as many different b-values. */
const FEWEST_DIFFERENT = 4;

/** b-values in s/mm²: ascending, the first 0; as often as they are measured. */
const BValues = z
  .array(z.number().nonnegative())
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
    const different = new Set(bValues).size;
    if (different >= FEWEST_DIFFERENT) return;
    const message = `found ${different} different b-values; allowed: at least ${FEWEST_DIFFERENT}, b=0 included`;
    context.addIssue({ code: 'custom', message });
  })
  .describe('b-values in s/mm²: ascending, the first 0; as often as they are measured');

/** What a file in `configs/protocols/` says. */
export const ProtocolFile = z.strictObject({
  name: z.string().min(1).describe('the name of the file without .yaml'),
  source: z.string().min(1).describe('where the scheme was published'),
  bValues: BValues,
  notes: z.string().optional(),
});
export type ProtocolFile = z.output<typeof ProtocolFile>;
