import { join } from 'node:path';
import { byProtocol, type PhantomConfig } from '../../experiments/phantom/config.ts';
import type { SimulatedConfig } from '../../experiments/simulated/config.ts';
import {
  simulate as simulateOnce,
  testRecipe,
  trainingRecipe,
} from '../../experiments/simulated/voxel-sets.ts';
import type { Json } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';
import { writeVoxels } from '../data/write-voxels.ts';
import type { SimulateOptions } from './simulate.ts';

/** Writes the voxels that a phantom study tests on, one folder per noise level, in one per protocol where it has several. */
export async function simulatePhantom(
  study: Study,
  config: PhantomConfig,
  words: SimulateOptions,
): Promise<readonly string[]> {
  const files: string[] = [];
  for (const [protocol, own] of byProtocol(config)) {
    files.push(...(await simulateProtocol(study, own, { ...words, out: join(words.out, protocol) })));
  }
  return files;
}

async function simulateProtocol(
  { file, title }: Study,
  config: SimulatedConfig,
  words: SimulateOptions,
): Promise<readonly string[]> {
  const sets = new Map(config.data.noise.map(({ sigma, snr }) => [`snr-${snr}`, testRecipe(config, sigma)]));
  if (words.training) {
    const training = trainingRecipe(config);
    if (!training)
      throw new InputError(`${file}: training: missing; --training writes the voxels it describes`);
    sets.set('training', training);
  }
  const files: string[] = [];
  for (const [name, recipe] of sets) {
    const meta = { study: title, protocol: config.protocol.name, ...recipe } as unknown as Record<
      string,
      Json
    >;
    const format = words.format ?? 'csv';
    files.push(...(await writeVoxels(join(words.out, name), format, simulateOnce(recipe), meta)));
  }
  return files;
}
