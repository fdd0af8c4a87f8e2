import { z } from 'zod';
import { InputError } from '../../contracts/input-error.ts';
import { loadMetric } from '../../plugins/discover.ts';
import { configFolder } from '../config-folder.ts';

/** Metrics by their paths: each is found and checked when the config is read. */
export const OwnMetrics = z.array(
  z
    .string()
    .min(1)
    .transform(async (use, context): Promise<{ use: string; module: string }> => {
      try {
        return { use, module: (await loadMetric(use, configFolder())).module.href };
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        context.issues.push({ code: 'custom', message: error.message, input: use });
        return z.NEVER;
      }
    }),
);
