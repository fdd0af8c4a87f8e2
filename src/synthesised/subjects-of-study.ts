import type { SimulationRequest, StudyRemarks } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import { anatomyFile, readAnatomy } from '../images/brains/anatomy.ts';
import { BrainSimulator } from '../images/brains/simulate.ts';
import { SUBJECT_SETS } from '../images/perfusion/list-subjects.ts';
import { writeSubjects, type WrittenSubject } from '../images/perfusion/write-subjects.ts';
import type { SynthesisedConfig } from './config.ts';
import { kindsOf, VIRTUAL_WEIGHTINGS } from './data-cells.ts';
import {
  ANATOMY_OF,
  FIRST_NUMBER,
  listedSubjects,
  NO_LESIONS,
  repetitionsNeeded,
  virtualBrains,
} from './plan-subjects.ts';

/** Says which repetitions of a data set on disk are not used. */
export async function remarksOfSubjects(config: SynthesisedConfig): Promise<StudyRemarks> {
  if (config.data.folder === undefined) return { notes: [], leftOut: [] };
  return { notes: (await listedSubjects(config)).notes, leftOut: [] };
}

/**
 * Writes the virtual subjects of a study as a BIDS data set, those that are trained on with the lesions they have, all others without.
 * @throws InputError where the study reads subjects from a folder, or another format or training voxels are requested
 */
export async function writeVirtualSubjects(
  config: SynthesisedConfig,
  { file, title, out, format = 'nifti', training, onProgress }: SimulationRequest,
): Promise<readonly string[]> {
  const virtual = virtualBrains(config);
  if (virtual === undefined) {
    throw new InputError(
      `${file}: nothing is simulated here: the subjects are read from ${config.data.folder}`,
    );
  }
  if (format !== 'nifti') {
    throw new InputError(`--format ${format}: subjects are written as a BIDS data set; allowed: nifti`);
  }
  if (training) throw new InputError(`--training: ${file} describes no voxels to train on`);
  const { brains, counts, lesions: some } = virtual;
  const subjects: WrittenSubject[] = [];
  for (const set of SUBJECT_SETS) {
    const { file: anatomy } = await anatomyFile(ANATOMY_OF[set]);
    const simulator = new BrainSimulator(await readAnatomy(anatomy), brains);
    for (let i = 0; i < counts[set]; i++) {
      const [lesions] = kindsOf(i, set === 'training' ? some : NO_LESIONS);
      subjects.push({ set, number: FIRST_NUMBER[set] + i, lesions, simulator });
    }
  }
  return writeSubjects(out, subjects, {
    ...{ title, onProgress, repetitions: repetitionsNeeded(config) },
    weighted: VIRTUAL_WEIGHTINGS.filter((name) => config.weighted.includes(name)),
  });
}
