import { z } from 'zod';
import { Fitters } from '../config/sections/fitters.ts';
import { PhantomData } from '../config/sections/phantom-data.ts';
import { Protocol } from '../config/sections/protocol.ts';
import { Seed } from '../config/sections/seed.ts';
import { Statistics } from '../config/sections/statistics.ts';
import { Training } from '../config/sections/training.ts';

/** What YAML says of every experiment on simulated voxels; each adds its own factors. */
export const SimulatedKeys = z.strictObject({
  seed: Seed.default(2020).describe('seed from which every seed that is not given is derived'),
  protocol: Protocol,
  data: PhantomData,
  training: Training.optional().describe('voxels for fitters that train'),
  fitters: Fitters,
  statistics: Statistics.prefault({}),
});
export type SimulatedConfig = z.output<typeof SimulatedKeys>;
