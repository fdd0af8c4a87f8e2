import { Status } from '../../contracts/voxels.ts';
import { counted } from '../../wording/counted.ts';
import type { CohortSession, Shortcoming } from './cohort.ts';
import type { Volume } from './series-volumes.ts';
import { shortcoming } from './shortcoming.ts';

/** Raw voxels, and the status that `normalise` assigned to each: 0 if it can be fitted. */
export interface ReadVoxels {
  readonly raw: Float64Array;
  readonly columns: readonly Volume[];
  readonly status: Uint8Array;
}

/** Counts the voxels that can't be fitted by reason, and names the file in which each reason first occurs. */
export function voxelFaults(
  session: CohortSession,
  { raw, columns, status }: ReadVoxels,
  wanted: (row: number) => boolean,
): Shortcoming[] {
  const found = new Map<string, { file: string; count: number }>();
  let total = 0;
  for (let i = 0; i < status.length; i++) {
    if (!wanted(i)) continue;
    total++;
    if (status[i] === 0) continue;
    const row = raw.subarray(i * columns.length, (i + 1) * columns.length);
    const first = row.findIndex((value) => !Number.isFinite(value));
    const what = first >= 0 ? 'NaN or infinity' : withoutSignal(status[i]);
    const known = found.get(what) ?? { file: columns[Math.max(0, first)].file, count: 0 };
    known.count++;
    found.set(what, known);
  }
  return [...found].map(([what, { file, count }]) => {
    const text = `${file}: ${what} in ${count} of ${counted(total, 'voxel')} inside the drawn regions; left out`;
    return shortcoming(session, 'voxels', text, { file });
  });
}

const withoutSignal = (status: number): string =>
  status === Status.background ? '0 in every volume' : 'no signal above 0 at b=0';
