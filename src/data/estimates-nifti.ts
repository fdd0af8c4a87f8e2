import { Status, type Estimates } from '../contracts/voxels.ts';
import { estimateColumns } from './estimate-columns.ts';
import { mapMeanings } from './map-layout.ts';
import { encodeNiftiGz } from './nifti-gz.ts';
import type { NiftiSpace } from './nifti-write.ts';
import { statusLegend } from './status-words.ts';

/** Estimates with their positions in an image. */
export interface PlacedEstimates {
  readonly estimates: Estimates;
  /** Voxel of every estimate: x + nx (y + ny z). All others are background. */
  readonly voxels: Uint32Array;
  readonly shape: readonly [number, number, number];
  readonly space: NiftiSpace;
}

/**
 * Encodes estimates as map files: `S0.nii.gz`, `D.nii.gz`, `f.nii.gz`, `Dp.nii.gz` (float32, NaN where there is none),
 * `status.nii.gz` (uint8) and its legend, `status.json`.
 */
export async function estimatesToNifti(placed: PlacedEstimates): Promise<Map<string, Uint8Array>> {
  const { estimates, voxels, shape, space } = placed;
  const n = shape[0] * shape[1] * shape[2];
  const files = new Map<string, Uint8Array>();
  const columns = estimateColumns();
  for (const { name, meaning, at } of columns) {
    const data = new Float32Array(n).fill(NaN);
    for (let i = 0; i < voxels.length; i++) data[voxels[i]] = at(estimates, i);
    const map = { data, shape, name, description: `${name}: ${meaning}` };
    files.set(`${name}.nii.gz`, await encodeNiftiGz(space, map));
  }
  const status = new Uint8Array(n).fill(Status.background);
  for (let i = 0; i < voxels.length; i++) status[voxels[i]] = estimates.status[i];
  const map = { data: status, shape, name: 'status', description: 'status: see status.json' };
  files.set('status.nii.gz', await encodeNiftiGz(space, map));
  const legend = JSON.stringify({ maps: mapMeanings(columns), status: statusLegend() }, null, 2) + '\n';
  files.set('status.json', new TextEncoder().encode(legend));
  return files;
}
