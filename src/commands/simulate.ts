import { loadConfig } from '../config/load-config.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';
import type { VoxelFormat } from '../data/write-voxels.ts';
import { studyNotes } from '../config/study-notes.ts';
import { isPhantom } from './phantom-config.ts';
import { simulatePhantom } from './simulate-phantom.ts';
import { simulatesVolunteers, simulateVolunteers } from './simulate-volunteers.ts';

export interface SimulateOptions {
  readonly out: string;
  /** By default csv for voxels; people are always images. */
  readonly format?: VoxelFormat;
  readonly set: readonly string[];
  readonly training?: boolean;
  readonly json?: boolean;
}

/** Writes what a study simulates, and prints the files. */
export async function simulate(file: string, words: SimulateOptions): Promise<number> {
  const study = await loadConfig(file, { set: words.set });
  for (const note of studyNotes(study.config)) process.stderr.write(`note: ${note}\n`);
  const files = await write(study, words);
  process.stdout.write(words.json ? JSON.stringify(files, null, 2) + '\n' : files.join('\n') + '\n');
  return 0;
}

function write(study: Study, words: SimulateOptions): Promise<readonly string[]> {
  const { config, file, experiment } = study;
  if (simulatesVolunteers(config)) return simulateVolunteers(study, config, words);
  if (isPhantom(config)) return simulatePhantom(study, config, words);
  throw new InputError(`${file}: experiment ${experiment} simulates nothing here: its data are read`);
}
