import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNifti, plainSpace } from '../../src/data/nifti-write.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { biexponential } from '../../src/signal/biexponential.ts';

const SHAPE = [128, 128, 20] as const;
const B = [0, 10, 20, 30, 40, 60, 80, 100, 150, 200, 300, 400, 500, 600, 700, 800];
const SIGMA = 20;

/** Writes a scan of 128 x 128 x 20 voxels and 16 b-values, S0 1000 and Rician noise. Returns its image and its b-values. */
export function writeBigScan(folder: string): { readonly scan: string; readonly bval: string } {
  const n = SHAPE[0] * SHAPE[1] * SHAPE[2];
  const data = new Float32Array(n * B.length);
  const random = new QuickRandom(1);
  for (let i = 0; i < n; i++) {
    const [D, f, Dp] = [
      0.0005 + 0.002 * random.uniform(),
      0.5 * random.uniform(),
      0.01 + 0.09 * random.uniform(),
    ];
    B.forEach((b, k) => {
      const real = 1000 * biexponential(b, D, f, Dp) + SIGMA * random.gaussian();
      data[k * n + i] = Math.hypot(real, SIGMA * random.gaussian());
    });
  }
  const [scan, bval] = [join(folder, 'scan.nii'), join(folder, 'scan.bval')];
  const image = { data, shape: [...SHAPE, B.length], name: 'dwi', description: '' };
  writeFileSync(scan, encodeNifti(plainSpace(), image));
  writeFileSync(bval, `${B.join(' ')}\n`);
  return { scan, bval };
}
