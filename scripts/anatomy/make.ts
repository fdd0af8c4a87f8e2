/**
 * Makes data/anatomy/*.nii.gz: `scripts/anatomy/fetch FOLDER && node --import tsx scripts/anatomy/make.ts FOLDER`. Each image holds the
 * shares of grey matter, white matter and cerebrospinal fluid in 2 mm voxels as three volumes, 255 for all of a voxel.
 */
import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { readNifti } from '../../src/data/nifti-read.ts';
import { encodeNifti, spaceOf } from '../../src/data/nifti-write.ts';

/** What is kept, mm in MNI space: the cerebrum from the base of the frontal lobes up, with room for deformations. */
const BOX = { x: [-76, 76], y: [-112, 78], z: [-36, 82] } as const;
const VOXEL = 2;
/** Steps of a share: fewer compress better, and noise of sharpened shares is larger than a sixteenth. */
const STEPS = 15;
/** Memberships are raised to this power and brought back to a sum of 1: averages over people and partial volumes get sharp edges. */
const SHARPNESS = 3;
/** Modes of the histogram of Colin 27 without the skull (`ch2bet`): fluid, grey and white matter. */
const COLIN_MODES = [38, 83, 110] as const;

type Shares = readonly [grey: number, white: number, fluid: number];

const [, , folder] = process.argv;
if (folder === undefined) throw new Error('usage: node --import tsx scripts/anatomy/make.ts FOLDER');

const icbm = await Promise.all(
  ['gm', 'wm', 't1'].map((kind) =>
    readNifti(join(folder, `mni_icbm152_${kind}_tal_nlin_sym_09a_converted.nii.gz`)),
  ),
);
const [grey, white, brain] = icbm.map(({ data }) => data);
await write('icbm152', icbm[0].header, (i) => {
  if (brain[i] === 0) return [0, 0, 0];
  const [g, w] = [grey[i] / 255, white[i] / 255];
  return sharpened([g, w, Math.max(0, 1 - g - w)]);
});

const colin = await readNifti(join(folder, 'ch2bet.nii.gz'));
await write('colin27', colin.header, (i) => {
  const value = colin.data[i];
  if (value === 0) return [0, 0, 0];
  const [fluid, grey, white] = COLIN_MODES;
  const between = (low: number, high: number) => Math.min(1, Math.max(0, (value - low) / (high - low)));
  const [aboveFluid, aboveGrey] = [between(fluid, grey), between(grey, white)];
  return sharpened([aboveFluid - aboveGrey, aboveGrey, 1 - aboveFluid]);
});

function sharpened(shares: Shares): Shares {
  const powers = shares.map((share) => share ** SHARPNESS);
  const sum = powers.reduce((total, each) => total + each, 0);
  return sum === 0 ? [0, 0, 0] : (powers.map((each) => each / sum) as unknown as Shares);
}

/** Means over blocks of 2 x 2 x 2 of the source's 1 mm voxels. */
async function write(
  name: string,
  header: { readonly shape: readonly number[]; readonly affine: readonly (readonly number[])[] },
  sharesAt: (voxel: number) => Shares,
): Promise<void> {
  const origin = [0, 1, 2].map((axis) => header.affine[axis][3]);
  const ranges = [BOX.x, BOX.y, BOX.z];
  const size = ranges.map(([from, to]) => (to - from) / VOXEL);
  const voxels = size[0] * size[1] * size[2];
  const out = new Uint8Array(3 * voxels);
  for (let k = 0, at = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, at++) {
        const sum = [0, 0, 0];
        for (let corner = 0; corner < 8; corner++) {
          const place = [i, j, k].map(
            (index, axis) => ranges[axis][0] + VOXEL * index + ((corner >> axis) & 1) - origin[axis],
          );
          if (place.some((each, axis) => each < 0 || each >= header.shape[axis])) continue;
          const shares = sharesAt(place[0] + header.shape[0] * (place[1] + header.shape[1] * place[2]));
          for (let tissue = 0; tissue < 3; tissue++) sum[tissue] += shares[tissue] / 8;
        }
        sum.forEach((share, tissue) => {
          out[at + tissue * voxels] = Math.round(STEPS * share) * (255 / STEPS);
        });
      }
    }
  }
  // The middle of a block of two voxels is half a voxel on.
  const affine = ranges.map(([from], axis) => [
    ...[0, 1, 2].map((k) => (k === axis ? VOXEL : 0)),
    from + 0.5,
  ]);
  const description = 'shares of grey and white matter and CSF, 255 for all; see README.md';
  const file = encodeNifti(spaceOf(affine), {
    data: out,
    shape: [...size, 3],
    name: 'tissue shares',
    description,
  });
  // The intent of a map of labels, which this is not.
  new DataView(file.buffer).setInt16(68, 0, true);
  const packed = gzipSync(file, { level: 9 });
  await writeFile(new URL(`../../data/anatomy/${name}.nii.gz`, import.meta.url), packed);
  console.log(`${name}: ${size.join(' x ')} voxels, ${packed.length} bytes`);
}
