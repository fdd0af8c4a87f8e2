import type { Cell, Experiment, Row, Task } from 'ivim-bench';
import { z } from 'zod';

const schema = z.strictObject({
  low: z.array(z.number().min(0)).min(1).describe('the lower of two b-values, s/mm²'),
  high: z.number().positive().default(1000).describe('the higher one'),
  tissue: z
    .strictObject({ D: z.number().positive(), f: z.number().min(0).max(1), Dp: z.number().positive() })
    .describe('the true parameters, D and Dp in mm²/s'),
});
type Config = z.infer<typeof schema>;
type Input = Omit<Config, 'low'> & { readonly low: number };

/** The bias of D for one lower b-value. */
export const measure: Task<Input> = {
  module: import.meta.url,
  name: 'measure',
  async run({ low, high, tissue: { D, f, Dp } }) {
    const signal = (b: number) => f * Math.exp(-b * Dp) + (1 - f) * Math.exp(-b * D);
    const found = Math.log(signal(low) / signal(high)) / (high - low);
    const row: Row = {
      experiment: 'my-experiment',
      method: 'two-point',
      factors: { low },
      parameter: 'D',
      metric: 'bias',
      value: found - D,
      ciLow: NaN, // no interval
      ciHigh: NaN,
      unit: 'mm²/s',
      n: 1,
    };
    return { rows: [row] };
  },
};

export default {
  label: 'Two b-values',
  question: 'How much perfusion is left in D when it is read off two b-values, without noise?',
  schema,
  plan: async ({ low, high, tissue }) =>
    low.map((each): Cell => {
      const input: Input = { low: each, high, tissue };
      const task = { module: measure.module, name: measure.name };
      return { id: `measure low=${each}`, task, input, needs: {} };
    }),
} satisfies Experiment<Config>;
