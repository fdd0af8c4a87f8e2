import { encodeNiftiGz } from '../../data/nifti-gz.ts';
import { spaceOf } from '../../data/nifti-write.ts';
import { datasetDescription, tsv } from '../../data/volunteers/bids-texts.ts';
import { writeWholeFolder } from '../../files/whole-folder.ts';
import { imagePath, PARTICIPANT, PARTICIPANTS } from '../case-files.ts';
import type { Modality } from '../modality.ts';
import type { ListedCase } from '../read-cases.ts';
import { latentModel } from './latent-model.ts';
import { drawLatents } from './latents.ts';
import type { LiverSettings } from './settings.ts';
import { LiverSimulator } from './simulate.ts';

export interface WriteCasesOptions {
  readonly cases: number;
  /** Number of the first case. */
  readonly from: number;
  readonly modalities: readonly Modality[];
  readonly title?: string;
  readonly onProgress?: (done: number, message: string) => void;
}

/** `sub-001`, …: the name of the i-th of a number of cases. */
const subjectName = (i: number, cases: number): string =>
  `sub-${String(i + 1).padStart(Math.max(3, String(cases).length), '0')}`;

/** The cases that `writeCases` writes, as its table lists them. */
export const virtualCases = (settings: LiverSettings, cases: number, from: number): ListedCase[] => {
  const model = latentModel(settings);
  return Array.from({ length: cases }, (_, i) => ({
    subject: subjectName(i, cases),
    stage: drawLatents(model, settings.seed, from + i).stage,
  }));
};

/**
 * Simulates cases and writes them as a BIDS data set, which `readCases` takes like anyone's: `participants.tsv` with the stage,
 * `sub-001/anat/sub-001_T1w.nii.gz` and `_T2w.nii.gz`, `sub-001/dwi/sub-001_adc.nii.gz`. The folder appears when everything is
 * written, or not at all.
 * @returns the files' paths
 * @throws InputError where `folder` can't be written to, or holds something already
 */
export async function writeCases(
  folder: string,
  settings: LiverSettings,
  { cases, from, modalities, title = 'Virtual livers', onProgress }: WriteCasesOptions,
): Promise<readonly string[]> {
  const simulator = new LiverSimulator(settings);
  return writeWholeFolder(folder, async (write) => {
    const lines: (string | number)[][] = [];
    for (let i = 0; i < cases; i++) {
      const subject = subjectName(i, cases);
      const { stage, volumes } = simulator.simulate(from + i);
      lines.push([subject, stage]);
      for (const modality of modalities) {
        const { values, shape, affine } = volumes[modality];
        const map = { data: values, shape, name: modality, description: 'simulated by ivim-bench' };
        await write(imagePath(subject, modality), await encodeNiftiGz(spaceOf(affine), map));
      }
      onProgress?.((i + 1) / cases, `simulating ${subject}`);
    }
    await write(PARTICIPANTS, tsv([PARTICIPANT, 'stage'], lines));
    await write('dataset_description.json', datasetDescription(title));
    await write('README', `${title}: simulated livers, no people.\n`);
    await write('code/settings.json', JSON.stringify(settings, null, 2) + '\n');
  });
}
