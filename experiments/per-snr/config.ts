import type { z } from 'zod';
import { RepeatedKeys } from '../../src/repeated/config.ts';

/** What YAML says of networks that are trained on the very voxels they are used on. */
export const PerSnrKeys = RepeatedKeys.omit({ training: true });
export type PerSnrConfig = z.output<typeof PerSnrKeys>;
