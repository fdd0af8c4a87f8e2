import { z } from 'zod';

/** The setting `dropout`. @param what is left out */
export const dropoutSetting = (what: string) =>
  z
    .number()
    .min(0)
    .max(0.9)
    .default(0.3)
    .describe(`share of ${what} that is left out in every training step`);

/** The setting `activation`. @param of which layers it is */
export const activationSetting = (of: string) =>
  z.enum(['leaky-relu', 'relu', 'sigmoid', 'tanh']).default('leaky-relu').describe(`activation of ${of}`);
