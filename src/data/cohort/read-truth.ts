import { InputError } from '../../contracts/input-error.ts';
import { PARAMETERS, type Parameters } from '../../contracts/voxels.ts';
import { readNifti } from '../nifti-read.ts';
import type { CohortSession } from './cohort.ts';
import { gridDifference } from './grid.ts';

/**
 * Reads the true parameters of a session's voxels from the maps of a simulation; null if there are none.
 * @param voxels indices into the image, as in `SessionVoxels.voxels`
 * @throws InputError if a map is missing or has a different grid than the image
 */
export async function readTruth(
  session: CohortSession,
  voxels: Uint32Array,
  gridTolerance: number,
): Promise<Parameters | null> {
  if (PARAMETERS.every((parameter) => session.truth[parameter] === undefined)) return null;
  const maps = { D: new Float64Array(0), f: new Float64Array(0), Dp: new Float64Array(0) };
  for (const parameter of PARAMETERS) {
    const file = session.truth[parameter];
    if (file === undefined) throw new InputError(`${session.name}: there is no true map of ${parameter}`);
    const { data, header } = await readNifti(file);
    const difference = gridDifference(header, session, gridTolerance);
    if (difference !== undefined) {
      throw new InputError(
        `${session.name}: ${file} has another grid than ${session.images[0]}: ${difference}`,
      );
    }
    maps[parameter] = Float64Array.from(voxels, (voxel) => header.slope * data[voxel] + header.intercept);
  }
  return { n: voxels.length, ...maps };
}
