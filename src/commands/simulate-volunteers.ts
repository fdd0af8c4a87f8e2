import type { CohortData } from '../config/sections/cohort-data.ts';
import type { Protocol } from '../config/sections/protocol.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';
import { writeVolunteers } from '../data/volunteers/write-volunteers.ts';
import { progressLine } from '../fitting/progress-line.ts';
import type { SimulateOptions } from './simulate.ts';

/** The part of a study that decides its virtual volunteers. */
interface VolunteersConfig {
  readonly seed: number;
  readonly protocol: Protocol;
  readonly data: CohortData & { readonly virtual: NonNullable<CohortData['virtual']> };
}

/** Whether a study simulates people; one that reads a data set of the user's does not. */
export function simulatesVolunteers(config: Study['config']): config is VolunteersConfig {
  if (!('protocol' in config) || !('data' in config)) return false;
  return (config as { data: Partial<CohortData> }).data.virtual !== undefined;
}

/** Writes the virtual volunteers of a study as a BIDS data set. */
export async function simulateVolunteers(
  { file, title }: Study,
  { seed, protocol, data }: VolunteersConfig,
  { out, format = 'nifti', training }: SimulateOptions,
): Promise<readonly string[]> {
  if (format !== 'nifti') {
    throw new InputError(`--format ${format}: volunteers are written as a BIDS data set; allowed: nifti`);
  }
  if (training) throw new InputError(`--training: ${file} describes no voxels to train on`);
  const progress = progressLine(process.stderr);
  try {
    const settings = { seed, bValues: protocol.bValues, ...data.virtual };
    return await writeVolunteers(out, settings, {
      title,
      onProgress: (done, message) => progress.show(done, message),
    });
  } finally {
    progress.clear();
  }
}
