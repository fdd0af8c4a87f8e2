import { z } from 'zod';

/** Whether a training uses averages of the weights. @param standard what holds where a config says nothing */
export const averagingSetting = (standard: number) =>
  z
    .number()
    .min(0)
    .max(0.9999)
    .default(standard)
    .describe(
      'share of the past in an exponential moving average of the weights over the steps, which is used in place of them, for choosing the epoch too; 0: the weights are used',
    );
