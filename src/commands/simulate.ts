import { join } from 'node:path';
import {
  simulate as simulateOnce,
  testRecipe,
  trainingRecipe,
} from '../../experiments/phantom/voxel-sets.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Json } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import { writeVoxels, type VoxelFormat } from '../data/write-voxels.ts';
import { phantomConfig } from './phantom-config.ts';

export interface SimulateWords {
  readonly out: string;
  readonly format: VoxelFormat;
  readonly set: readonly string[];
  readonly training?: boolean;
  readonly json?: boolean;
}

/** Writes the voxels that a study tests on, one folder per noise level, and prints the files. */
export async function simulate(file: string, words: SimulateWords): Promise<number> {
  const study = await loadConfig(file, { set: words.set });
  const config = phantomConfig(study);
  const sets = new Map(
    config.data.noise.map(({ sigma, snr }) => [
      `snr-${Number(snr.toPrecision(6))}`,
      testRecipe(config, sigma),
    ]),
  );
  if (words.training) {
    const training = trainingRecipe(config);
    if (!training)
      throw new InputError(`${file}: training: missing; --training writes the voxels it describes`);
    sets.set('training', training);
  }
  const files: string[] = [];
  for (const [name, recipe] of sets) {
    const meta = { study: study.title, protocol: config.protocol.name, ...recipe } as unknown as Record<
      string,
      Json
    >;
    files.push(...(await writeVoxels(join(words.out, name), words.format, simulateOnce(recipe), meta)));
  }
  process.stdout.write(words.json ? JSON.stringify(files, null, 2) + '\n' : files.join('\n') + '\n');
  return 0;
}
