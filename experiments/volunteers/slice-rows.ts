import { airLevel } from '../../src/data/air-level.ts';
import type { SessionVoxels } from '../../src/data/cohort/read-session.ts';

/** What of a session decides which of its rows belong to a slice. */
type Rows = Pick<SessionVoxels, 'voxels' | 'b0' | 'drawn'> & {
  readonly session: Pick<SessionVoxels['session'], 'shape'>;
};

/** Returns the rows of the voxels of a slice, ascending. */
export function sliceRows(
  { voxels, session: { shape } }: Pick<Rows, 'voxels' | 'session'>,
  slice: number,
): Uint32Array {
  const size = shape[0] * shape[1];
  return Uint32Array.from(voxels.keys()).filter((row) => Math.floor(voxels[row] / size) === slice);
}

/** Returns the rows of the voxels of a slice that are not air, ascending. */
export function tissueRows(of: Rows, slice: number): Uint32Array {
  const { voxels, b0, drawn } = of;
  const level = airLevel(
    b0,
    drawn.map((region) => region.voxels),
  );
  return sliceRows(of, slice).filter((row) => b0[voxels[row]] >= level);
}
