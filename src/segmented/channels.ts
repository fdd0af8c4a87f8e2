import { InputError } from '../contracts/input-error.ts';
import type { PackedAbdomens, Person } from './packed-abdomens.ts';

/**
 * The volumes of a person that a network is given, in the order of the b-values it was set up for.
 * @throws InputError where the scan lacks one of them
 */
export function channelsOf(
  { name, grid, series }: Person,
  { bValues }: Pick<PackedAbdomens, 'bValues'>,
  wanted: readonly number[],
): Float32Array[] {
  const [nx, ny, nz] = grid.shape;
  const each = nx * ny * nz;
  return wanted.map((b) => {
    const at = bValues.indexOf(b);
    if (at >= 0) return series.subarray(at * each, (at + 1) * each);
    throw new InputError(
      `${name}: has no volume at b=${b}, which the network is given; it has b = ${bValues.join(', ')} s/mm²`,
    );
  });
}

/**
 * Checks that every region is in the label maps that a network is trained on.
 * @param maps of all people that are trained on
 * @throws InputError where one is not
 */
export function requireEveryRegion(regions: readonly string[], maps: readonly Uint8Array[]): void {
  const absent = regions.filter((_, i) => !maps.some((map) => map.includes(i + 1)));
  if (absent.length === 0) return;
  throw new InputError(
    `no voxel of ${absent.join(', ')} in the label maps of the people trained on: what has no example is not learnt; allowed: regions that are drawn in the training people, as on a grid with more or smaller voxels`,
  );
}
