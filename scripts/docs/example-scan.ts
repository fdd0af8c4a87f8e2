/**
 * Writes examples/scan/: one virtual volunteer at 3 T, with the mask of its organs and the true maps:
 * `node --import tsx scripts/docs/example-scan.ts`. A test compares the voxels with what this would write.
 */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadConfig } from '../../src/config/load-config.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { encodeNiftiGz } from '../../src/data/nifti-gz.ts';
import { loadExperiment } from '../../src/plugins/discover.ts';

export const EXAMPLE_SCAN = fileURLToPath(new URL('../../examples/scan/', import.meta.url));

/** Writes the scan, its b-values, the mask and the true maps of D, f and Dp. */
export async function writeExampleScan(folder: string): Promise<void> {
  const study = await loadConfig(fileURLToPath(new URL('../../configs/volunteers.yaml', import.meta.url)), {
    set: [
      'data.virtual.subjects=1',
      'data.virtual.organs=abdomen',
      'data.virtual.motion=[0, 0, 0]',
      'data.virtual.sessions={3T: {field: 3T, TE: 60, TR: 2500}}',
      'data.virtual.image={shape: [40, 30, 4], voxel: [6, 6, 11]}',
    ],
  });
  const { value: experiment } = await loadExperiment(study.module);
  const bids = await mkdtemp(join(tmpdir(), 'ivim-bench-example-'));
  try {
    const { file, title } = study;
    await experiment.simulate!(study.config, {
      file,
      title,
      out: bids,
      training: false,
      onProgress: () => {},
    });
    const session = join('sub-01', 'ses-3T', 'dwi', 'sub-01_ses-3T_');
    const truth = `${join(bids, 'derivatives', 'truth', session)}`;
    await mkdir(join(folder, 'truth'), { recursive: true });
    for (const ending of ['.nii.gz', '.bval']) {
      await copyFile(`${join(bids, session)}dwi${ending}`, join(folder, `dwi${ending}`));
    }
    for (const name of ['D', 'f', 'Dp']) {
      await copyFile(
        `${truth}model-ivim_param-${name}_dwimap.nii.gz`,
        join(folder, 'truth', `${name}.nii.gz`),
      );
    }
    const { data, header } = await readNifti(`${truth}desc-truth_dseg.nii.gz`);
    const mask = Uint8Array.from(data, (label) => (label > 0 ? 1 : 0));
    const map = { data: mask, shape: header.shape, name: 'mask', description: 'organs' };
    await writeFile(join(folder, 'mask.nii.gz'), await encodeNiftiGz(header, map));
  } finally {
    await rm(bids, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await writeExampleScan(EXAMPLE_SCAN);
