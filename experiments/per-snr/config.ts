import type { z } from 'zod';
import { RepeatedKeys } from '../../src/repeated/config.ts';

/** The YAML keys of the experiment with networks that are trained on their own test voxels. */
export const PerSnrKeys = RepeatedKeys.omit({ training: true });
export type PerSnrConfig = z.output<typeof PerSnrKeys>;
