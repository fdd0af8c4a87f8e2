import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { configFolder } from '../config-folder.ts';

/** A path, relative to the folder of the config. */
export const Path = z
  .string()
  .min(1)
  .transform((path) => resolve(fileURLToPath(configFolder()), path));
