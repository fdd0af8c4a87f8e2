import { z } from 'zod';
import { InputError } from '../../contracts/input-error.ts';
import type { Plugin } from '../../plugins/discover.ts';
import { configFolder, requireAllowed } from '../config-folder.ts';

/** A user's plug-in: its path in the config, and its location. */
export interface OwnPlugin {
  readonly use: string;
  /** `file:` URL. */
  readonly module: string;
}

/** Plug-ins given by path: each is loaded and checked when the config is read. */
export const ownPlugins = (load: (use: string, from: URL) => Promise<Plugin<unknown>>) =>
  z.array(
    z
      .string()
      .min(1)
      .transform(async (use, context): Promise<OwnPlugin> => {
        try {
          requireAllowed('file', use);
          return { use, module: (await load(use, configFolder())).module.href };
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          context.issues.push({ code: 'custom', message: error.message, input: use });
          return z.NEVER;
        }
      }),
  );
