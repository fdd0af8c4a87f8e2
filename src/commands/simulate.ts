import { join } from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import type { Json } from '../contracts/experiment.ts';
import { simulatePhantom } from '../data/phantom.ts';
import { writeVoxels, type VoxelFormat } from '../data/write-voxels.ts';
import { simulatedStudy, testSets, trainingSet } from './simulated-sets.ts';

export interface SimulateWords {
  readonly out: string;
  readonly format: VoxelFormat;
  readonly set: readonly string[];
  readonly training?: boolean;
  readonly json?: boolean;
}

/** Writes the voxels of a study, one folder per noise level, and prints the files. */
export async function simulate(config: string, words: SimulateWords): Promise<number> {
  const study = await loadConfig(config, { set: words.set });
  const simulated = simulatedStudy(study);
  const sets = testSets(simulated);
  if (words.training) sets.push(['training', trainingSet(simulated, config)]);
  const { name: protocol, bValues } = simulated.protocol;
  const files: string[] = [];
  for (const [name, settings] of sets) {
    const meta = { study: study.title, protocol, ...settings, bValues } as unknown as Record<string, Json>;
    const written = await writeVoxels(join(words.out, name), words.format, simulatePhantom(settings), meta);
    files.push(...written);
  }
  process.stdout.write(words.json ? JSON.stringify(files, null, 2) + '\n' : files.join('\n') + '\n');
  return 0;
}
