import type { Signals } from '../../contracts/voxels.ts';
import { allocateRows, normalise, usedSignals } from '../normalise.ts';
import type { NiftiSpace } from '../nifti-write.ts';
import type { Cohort, CohortSession, Shortcoming } from './cohort.ts';
import { readDrawings, type DrawnRegion } from './read-drawings.ts';
import { meanB0, readVolumes, rowsOf } from './series-volumes.ts';
import { enforce, noting, shortcoming } from './shortcoming.ts';
import { disagreeingVolumes } from '../volume-agreement.ts';
import { voxelFaults } from './voxel-faults.ts';

/** Which voxels of a session to read. */
export interface Wanted {
  /** In addition to the drawn regions: all voxels of these slices (indices along the third axis), or of the whole image. */
  readonly slices?: readonly number[] | 'all';
}

/** The voxels of one session, ready to be fitted. */
export interface SessionVoxels {
  readonly session: CohortSession;
  /** One row per voxel, divided by its b=0 signal; with `sigma` if the data set states it. */
  readonly signals: Signals;
  /** Voxel index in the image of every row of `signals`: x + nx (y + ny z). Ascending. */
  readonly voxels: Uint32Array;
  /** The drawings: for every reader and region, the rows of `signals` inside it, ascending. Never empty. */
  readonly drawn: readonly (DrawnRegion & { readonly rows: Uint32Array })[];
  /** Mean of the b=0 volumes over the whole image, in the unit of the scan, for pictures. */
  readonly b0: Float32Array;
  /** Header with the space that maps inherit: `encodeNiftiGz(space, { data, shape: session.shape, … })`. */
  readonly space: NiftiSpace;
}

/** `voxels` is null if the session can't be read; `missing` then says why. */
export interface SessionReading {
  readonly voxels: SessionVoxels | null;
  /** Faults that only the voxels show; to be listed after `cohort.missing`. */
  readonly missing: readonly Shortcoming[];
  readonly notes: readonly string[];
}

/**
 * Reads a session's voxels inside the union of all readers' regions. Voxels there that can't be fitted (not finite, no signal
 * at b=0) are skipped and counted in `missing`; elsewhere they are skipped silently.
 * @throws InputError if anything is missing under `missing: refuse`
 */
export async function readSession(
  cohort: Pick<Cohort, 'policy' | 'regions'>,
  session: CohortSession,
  wanted: Wanted = {},
): Promise<SessionReading> {
  const missing: Shortcoming[] = [];
  const notes: string[] = [];
  const columns = await noting(missing, session, 'session', {}, () => readVolumes(session));
  enforce(cohort.policy, missing);
  if (!columns) return { voxels: null, missing, notes };
  const drawn = await readDrawings(session, cohort.regions, missing, notes);
  enforce(cohort.policy, missing);

  const inside = new Uint8Array(session.shape[0] * session.shape[1] * session.shape[2]);
  markSlices(inside, session.shape, wanted.slices);
  for (const { voxels } of drawn) for (const voxel of voxels) inside[voxel] = DRAWN;
  const chosen = positions(inside);

  const raw = rowsOf(columns, chosen);
  const { protocol, sigma } = session;
  notes.push(...disagreeingVolumes(raw, protocol).map((note) => `${session.name}: ${note}`));
  const rows = allocateRows(chosen.length, protocol.bValues.length, sigma !== undefined);
  const n = normalise(raw, chosen.length, protocol, rows, undefined, sigma);

  const ofRegions = (i: number) => inside[chosen[i]] === DRAWN;
  missing.push(...voxelFaults(session, { raw, columns, status: rows.status }, ofRegions));
  enforce(cohort.policy, missing);
  const rowOf = new Int32Array(inside.length).fill(-1);
  const voxels = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    voxels[i] = chosen[rows.rows[i]];
    rowOf[voxels[i]] = i;
  }
  const regions = drawn.flatMap((region) => {
    const used = region.voxels.filter((voxel) => rowOf[voxel] >= 0).map((voxel) => rowOf[voxel]);
    if (used.length > 0) return [{ ...region, rows: used }];
    const what = `no voxel of ${region.region} can be used`;
    missing.push(shortcoming(session, 'region', what, { reader: region.reader, region: region.region }));
    return [];
  });
  const read: SessionVoxels = {
    session,
    signals: usedSignals(protocol.bValues, rows, n),
    voxels,
    drawn: regions,
    b0: meanB0(columns, session),
    space: columns[0].space,
  };
  return { voxels: read, missing, notes };
}

const WANTED = 1;
const DRAWN = 2;

function markSlices(inside: Uint8Array, shape: readonly number[], slices: Wanted['slices'] = []): void {
  const size = shape[0] * shape[1];
  if (slices === 'all') inside.fill(WANTED);
  else for (const z of slices) inside.fill(WANTED, z * size, (z + 1) * size);
}

/** Returns the indices that are not 0. */
function positions(inside: Uint8Array): Uint32Array {
  const found = new Uint32Array(inside.reduce((sum, value) => sum + Math.sign(value), 0));
  let at = 0;
  for (let i = 0; i < inside.length; i++) if (inside[i] > 0) found[at++] = i;
  return found;
}
