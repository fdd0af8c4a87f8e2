import { loadConfig } from '../config/load-config.ts';
import { studyNotes } from '../config/study-notes.ts';
import { InputError } from '../contracts/input-error.ts';
import type { VoxelFormat } from '../data/write-voxels.ts';
import { loadExperiment } from '../plugins/discover.ts';
import { endWhenInterrupted } from '../terminal/interruption.ts';
import { printJson, printMessage, printResult } from '../terminal/print.ts';
import { openProgress } from '../terminal/progress.ts';
import { progressLine } from '../terminal/progress-line.ts';
import { oneLine } from '../wording/visible-text.ts';

export interface SimulateOptions {
  readonly out: string;
  /** Format of voxels; csv by default. Volunteers are always images. */
  readonly format?: VoxelFormat;
  readonly set: readonly string[];
  readonly training?: boolean;
  readonly json?: boolean;
  readonly allowExternal?: boolean;
}

/** Writes the data that a study simulates, and prints the files. */
export async function simulate(file: string, options: SimulateOptions): Promise<number> {
  const { out, format, set, training = false, json, allowExternal = false } = options;
  const study = await loadConfig(file, { set, allowCode: allowExternal });
  for (const note of studyNotes(study.config)) printMessage(`note: ${note}`);
  const { value: experiment } = await loadExperiment(study.module);
  if (!experiment.simulate) {
    throw new InputError(`${file}: experiment ${study.experiment} has no data of its own to simulate`);
  }
  const progress = await openProgress();
  const release = endWhenInterrupted(() => 'only what is complete is kept');
  let files: readonly string[];
  try {
    files = await experiment.simulate(study.config, {
      file,
      title: study.title,
      out,
      ...(format ? { format } : {}),
      training,
      onProgress: (done, message) => progress.show(() => [progressLine(done, message)]),
    });
  } finally {
    release();
    progress.end();
  }
  if (json) printJson(files);
  else printResult(files.map(oneLine).join('\n'));
  return 0;
}
