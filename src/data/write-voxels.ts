import type { Json } from '../contracts/experiment.ts';
import type { LabelledSignals } from '../contracts/voxels.ts';
import { formatBval } from './bval.ts';
import { encodeNiftiGz } from './nifti-gz.ts';
import { plainSpace } from './nifti-write.ts';
import { encodeNpy } from './npy-write.ts';
import { writeTogether } from '../files/write-together.ts';

/** Formats for simulated voxels. */
export const VOXEL_FORMATS = ['csv', 'npy', 'nifti'] as const;
export type VoxelFormat = (typeof VOXEL_FORMATS)[number];

/**
 * Writes simulated voxels so that `fit` reads them again: signals in the unit of the scan (b=0 included), the truth
 * and, where known, the noise level beside them, and `meta` as `voxels.json`.
 *
 * - `csv`: `voxels.csv` with the columns voxel, b0, b10, …, D_true, f_true, Dp_true[, sigma_true]
 * - `npy`: `signals.npy` (n x b-values), `truth.npy` (n x 3: D, f, Dp)[, `sigma.npy` (n)], `signals.bval`
 * - `nifti`: `signals.nii.gz` (float32), `mask.nii.gz`, `D_true.nii.gz`, …, `signals.bval`. Voxels fill slices of about as many
 *   columns as rows, x fastest; the rest of the last row is 0 and outside the mask
 *
 * @returns the files' paths
 * @throws InputError where `dir` can't be written to
 */
export async function writeVoxels(
  dir: string,
  format: VoxelFormat,
  labelled: LabelledSignals,
  meta: Readonly<Record<string, Json>>,
): Promise<readonly string[]> {
  const contents = {
    ...(await encoders[format](labelled)),
    'voxels.json': JSON.stringify(meta, null, 2) + '\n',
  };
  return writeTogether(dir, new Map(Object.entries(contents)));
}

type Contents = Record<string, string | Uint8Array>;

const encoders: Record<VoxelFormat, (labelled: LabelledSignals) => Contents | Promise<Contents>> = {
  csv({ signals, truth }) {
    const { bValues, n, sigma, scale } = signals;
    const raw = measured({ signals, truth });
    const header = ['voxel', ...Array.from(bValues, (b) => `b${b}`), 'D_true', 'f_true', 'Dp_true'];
    const lines = [[...header, ...(sigma ? ['sigma_true'] : [])].join(',')];
    for (let i = 0; i < n; i++) {
      const row = raw.subarray(i * bValues.length, (i + 1) * bValues.length);
      const known = sigma ? [sigma[i] * scale[i]] : [];
      lines.push([i, ...row, truth.D[i], truth.f[i], truth.Dp[i], ...known].join(','));
    }
    return { 'voxels.csv': lines.join('\n') + '\n' };
  },

  npy({ signals, truth }) {
    const { bValues, n, sigma, scale } = signals;
    const table = new Float64Array(n * 3);
    for (let i = 0; i < n; i++) table.set([truth.D[i], truth.f[i], truth.Dp[i]], i * 3);
    return {
      'signals.npy': encodeNpy(measured({ signals, truth }), [n, bValues.length]),
      'truth.npy': encodeNpy(table, [n, 3]),
      ...(sigma
        ? {
            'sigma.npy': encodeNpy(
              sigma.map((level, i) => level * scale[i]),
              [n],
            ),
          }
        : {}),
      'signals.bval': formatBval(bValues),
    };
  },

  async nifti({ signals, truth }) {
    const { bValues, n } = signals;
    const columns = Math.ceil(Math.sqrt(n));
    const shape = [columns, Math.ceil(n / columns), 1];
    const room = shape[0] * shape[1];
    const raw = measured({ signals, truth });
    const series = new Float32Array(room * bValues.length);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < bValues.length; k++) series[k * room + i] = raw[i * bValues.length + k]!;
    }
    const image = (name: string, data: Float32Array | Uint8Array, volumes?: number) =>
      encodeNiftiGz(plainSpace(), {
        data,
        shape: volumes === undefined ? shape : [...shape, volumes],
        name,
        description: `${name}, simulated`,
      });
    const map = (name: string, values: Float64Array) => {
      const data = new Float32Array(room);
      data.set(values);
      return image(name, data);
    };
    return {
      'signals.nii.gz': await image('signals', series, bValues.length),
      'mask.nii.gz': await image('mask', new Uint8Array(room).fill(1, 0, n)),
      'D_true.nii.gz': await map('D_true', truth.D),
      'f_true.nii.gz': await map('f_true', truth.f),
      'Dp_true.nii.gz': await map('Dp_true', truth.Dp),
      'signals.bval': formatBval(bValues),
    };
  },
};

/** Returns signals in the unit of the scan, undoing the division by b=0. */
function measured({ signals }: LabelledSignals): Float64Array {
  const width = signals.bValues.length;
  return signals.values.map((value, i) => value * signals.scale[Math.floor(i / width)]);
}
