import type { z } from 'zod';
import { ReconstructedKeys } from '../../src/reconstructed/config.ts';

/** What YAML says of the reconstruction experiment. */
export const reconstructionSchema = ReconstructedKeys;
export type ReconstructionConfig = z.output<typeof reconstructionSchema>;
