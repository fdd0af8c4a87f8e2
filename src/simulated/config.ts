import { z } from 'zod';
import { Fitters } from '../config/sections/fitters.ts';
import { PhantomData, type AnyNoiseData } from '../config/sections/phantom-data.ts';
import { Protocol } from '../config/sections/protocol.ts';
import { Seed } from '../config/sections/seed.ts';
import { Statistics } from '../config/sections/statistics.ts';
import { Training } from '../config/sections/training.ts';

/** The YAML keys of every experiment on simulated voxels; each adds its own factors. */
export const SimulatedKeys = z.strictObject({
  seed: Seed.default(2020).describe('seed from which all seeds that are not given are derived'),
  protocol: Protocol.describe('b-values of the voxels'),
  data: PhantomData.describe('test voxels'),
  training: Training.optional().describe('simulated voxels for fitters that train'),
  fitters: Fitters,
  statistics: Statistics.prefault({}).describe('how 95 % intervals are computed'),
});

/** The config of an experiment on simulated voxels; most take only levels of noise. */
export type SimulatedConfig<Data extends AnyNoiseData = AnyNoiseData> = Omit<
  z.output<typeof SimulatedKeys>,
  'data'
> & { readonly data: Data };
