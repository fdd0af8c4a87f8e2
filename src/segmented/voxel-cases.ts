import { everyPlace, type Cases } from '../learning/cases.ts';
import type { QuickRandom } from '../random/quick-random.ts';
import { channelsOf } from './channels.ts';
import type { PackedAbdomens, Person } from './packed-abdomens.ts';

/** What a method that sees one voxel at a time is given of it. */
export interface VoxelInputs {
  readonly bValues: readonly number[];
  /** Voxels on either side of it in its slice whose intensities count as well: 0, its own alone. */
  readonly reach: number;
  /** Whether it is given its place on the grid, from -1 to 1 along each axis. */
  readonly position: boolean;
}

/** Voxels of a scan, drawn without replacement; all where there are fewer. */
export function someVoxels({ grid }: Person, count: number, random: QuickRandom): number[] {
  const each = grid.shape[0] * grid.shape[1] * grid.shape[2];
  const voxels = everyPlace(each);
  const wanted = Math.min(count, voxels.length);
  for (let i = 0; i < wanted; i++) {
    const j = i + Math.floor(random.uniform() * (voxels.length - i));
    [voxels[i], voxels[j]] = [voxels[j], voxels[i]];
  }
  return voxels.slice(0, wanted);
}

/**
 * Voxels of one person as cases. Beyond the edge of a slice its last voxel stands for others.
 * @param maps the label maps whose mean is the target; none: targets are 0
 * @throws InputError where the scan lacks a b-value
 */
export function voxelCases(
  abdomens: PackedAbdomens,
  person: Person,
  voxels: readonly number[],
  { bValues, reach, position }: VoxelInputs,
  maps: readonly Uint8Array[],
): Cases {
  const [nx, ny, nz] = person.grid.shape;
  const volumes = channelsOf(person, abdomens, bValues);
  const classes = abdomens.regions.length + 1;
  const features = bValues.length * (2 * reach + 1) ** 2 + (position ? 3 : 0);
  const inputs = new Float32Array(voxels.length * features);
  const targets = new Float32Array(voxels.length * classes);
  const within = (place: number, size: number) => Math.min(Math.max(place, 0), size - 1);
  voxels.forEach((voxel, row) => {
    const x = voxel % nx;
    const y = Math.floor(voxel / nx) % ny;
    const z = Math.floor(voxel / (nx * ny));
    let at = row * features;
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const i = within(x + dx, nx) + nx * (within(y + dy, ny) + ny * z);
        for (const volume of volumes) inputs[at++] = volume[i];
      }
    }
    if (position) {
      for (const [place, size] of [
        [x, nx],
        [y, ny],
        [z, nz],
      ])
        inputs[at++] = size === 1 ? 0 : (2 * place) / (size - 1) - 1;
    }
    for (const map of maps) targets[row * classes + map[voxel]] += 1 / maps.length;
  });
  return { n: voxels.length, shape: [features], inputs, targets };
}
