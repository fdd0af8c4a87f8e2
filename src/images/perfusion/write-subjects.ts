import { encodeNiftiGz } from '../../data/nifti-gz.ts';
import { spaceOf } from '../../data/nifti-write.ts';
import { datasetDescription, tsv } from '../../data/volunteers/bids-texts.ts';
import { writeWholeFolder } from '../../files/whole-folder.ts';
import type { BrainSimulator, Lesions } from '../brains/simulate.ts';
import { PARTICIPANT, PARTICIPANTS } from '../case-files.ts';
import type { Weighting } from '../weighting.ts';
import type { SubjectSet } from './list-subjects.ts';
import { contextPath, maskPath, seriesPath, SET_COLUMN, VOLUME_TYPE, weightedPath } from './subject-files.ts';

/** A virtual subject that is written. */
export interface WrittenSubject {
  readonly set: SubjectSet;
  readonly number: number;
  readonly lesions: Lesions;
  readonly simulator: BrainSimulator;
}

export interface WriteSubjectsOptions {
  readonly title: string;
  readonly weighted: readonly (Weighting & ('PDw' | 'T2w'))[];
  readonly repetitions: number;
  readonly onProgress?: (done: number, message: string) => void;
}

/**
 * Simulates subjects and writes them as a BIDS data set, which `readSubject` takes like anyone's: `participants.tsv` with their sets,
 * `sub-001/perf/sub-001_asl.nii.gz` with a repetition a volume, a mask of the brain beside it, and the weighted images in `anat`. The
 * perfusion without noise lies in `derivatives/truth`, and nothing reads it. The folder appears when everything is written, or not at all.
 * @returns the files' paths
 * @throws InputError where `folder` can't be written to, or holds something already
 */
export async function writeSubjects(
  folder: string,
  subjects: readonly WrittenSubject[],
  { title, weighted, repetitions, onProgress }: WriteSubjectsOptions,
): Promise<readonly string[]> {
  const digits = Math.max(3, String(subjects.length).length);
  return writeWholeFolder(folder, async (write) => {
    const lines: string[][] = [];
    for (const [i, { set, number, lesions, simulator }] of subjects.entries()) {
      const subject = `sub-${String(i + 1).padStart(digits, '0')}`;
      const { truth, brain, ...images } = simulator.simulate(number, lesions);
      const { shape, affine } = simulator.grid;
      const image = (name: string, data: Float32Array | Uint8Array, volumes?: number) =>
        encodeNiftiGz(spaceOf(affine), {
          ...{ data, name, description: 'simulated by ivim-bench' },
          shape: volumes === undefined ? shape : [...shape, volumes],
        });
      const series = new Float32Array(repetitions * truth.length);
      for (let k = 0; k < repetitions; k++)
        series.set(simulator.repetition(number, k + 1, truth), k * truth.length);
      await write(seriesPath(subject), await image('asl', series, repetitions));
      await write(contextPath(subject), tsv([VOLUME_TYPE], new Array<string[]>(repetitions).fill(['cbf'])));
      await write(
        maskPath(subject),
        await image(
          'brain',
          Uint8Array.from(brain, (share) => Number(share > 0.5)),
        ),
      );
      for (const name of weighted) await write(weightedPath(subject, name), await image(name, images[name]));
      await write(
        `derivatives/truth/${subject}/perf/${subject}_desc-truth_cbf.nii.gz`,
        await image('cbf', truth),
      );
      lines.push([subject, set]);
      onProgress?.((i + 1) / subjects.length, `simulating ${subject}`);
    }
    await write(PARTICIPANTS, tsv([PARTICIPANT, SET_COLUMN], lines));
    await write('dataset_description.json', datasetDescription(title));
    await write('README', `${title}: simulated brains, no people.\n`);
  });
}
