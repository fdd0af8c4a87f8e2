import { z } from 'zod';

/** b-values in s/mm²: ascending, each once, the first 0; three parameters and S0 need at least four. */
const BValues = z
  .array(z.number().nonnegative())
  .min(4)
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
      if (b > before) continue;
      const what = b === before ? `${b} twice` : `${b} after ${before}`;
      context.addIssue({
        code: 'custom',
        path: [k],
        message: `found ${what}; allowed: b-values in ascending order, each once`,
      });
    }
  })
  .describe('b-values in s/mm²: ascending, each once, the first 0');

/** What a file in `configs/protocols/` says. */
export const ProtocolFile = z.strictObject({
  name: z.string().min(1).describe('the name of the file without .yaml'),
  source: z.string().min(1).describe('where the scheme was published'),
  bValues: BValues,
  notes: z.string().optional(),
});
export type ProtocolFile = z.output<typeof ProtocolFile>;
