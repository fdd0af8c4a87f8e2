import { z } from 'zod';
import { locate } from '../config-folder.ts';

/** A path, relative to the folder of the config. */
export const Path = z
  .string()
  .min(1)
  .transform((path) => locate(path));
