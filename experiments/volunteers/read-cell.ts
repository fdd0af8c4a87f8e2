import { TRUTH } from '../../src/contracts/metric.ts';
import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import type { Parameters } from '../../src/contracts/voxels.ts';
import type { Cohort } from '../../src/data/cohort/cohort.ts';
import type { SessionVoxels } from '../../src/data/cohort/read-session.ts';
import { readTruth } from '../../src/data/cohort/read-truth.ts';
import type { VolunteersConfig } from './config.ts';
import { missingRow } from './missing-row.ts';
import { sessionLabel } from './planned-sessions.ts';
import { encodeRegions, REGION_FILE } from './region-file.ts';
import { regionRecords, regionRows } from './region-rows.ts';
import { volunteersRow } from './rows.ts';
import { readNamed, type SessionName } from './session-input.ts';
import { SlicePictures } from './slice-pictures.ts';

/** Reads one session: its regions and what is wrong with its voxels, its true means where they are known, and the sample slice. */
export async function readCell(
  cell: Cell,
  config: VolunteersConfig,
  context: RunContext,
): Promise<CellResult> {
  const { subject, session, slice } = cell.input as unknown as SessionName & { slice: number | null };
  const { cohort, voxels, missing, notes } = await readNamed(config, context, { subject, session }, () =>
    slice === null ? {} : { slices: [slice] },
  );
  const told = {
    missing: missing.map(missingRow),
    notes: [...missing.map(({ text }) => `missing: ${text}`), ...notes],
  };
  if (!voxels) {
    return { rows: told.missing, notes: told.notes, files: new Map([[REGION_FILE, encodeRegions([])]]) };
  }
  const truth = await knownTruth(voxels, cohort, told.notes);
  const records = truth ? regionRecords(voxels, truth) : [];
  const pictures = slice === null ? undefined : new SlicePictures(voxels, slice);
  return {
    rows: [
      ...voxels.drawn.map(({ reader, region, voxels: drawn, rows }) =>
        volunteersRow({
          method: '',
          factors: { subject, session: sessionLabel(session), reader, region },
          metric: 'roi_voxels',
          value: drawn.length,
          n: rows.length,
        }),
      ),
      ...regionRows(TRUTH, session, records),
      ...told.missing,
    ],
    notes: told.notes,
    files: new Map([[REGION_FILE, encodeRegions(records)]]),
    ...(pictures
      ? {
          pictures: [
            pictures.b0(),
            ...pictures.regions(cohort.regions),
            ...(truth ? pictures.maps(TRUTH, truth) : []),
          ],
        }
      : {}),
  };
}

/** True maps that can't be used are told of; the analysis of estimates does not need them. */
async function knownTruth(
  { session, voxels }: SessionVoxels,
  { gridTolerance, policy }: Cohort,
  notes: string[],
): Promise<Parameters | null> {
  try {
    return await readTruth(session, voxels, gridTolerance);
  } catch (error) {
    if (!(error instanceof InputError) || policy === 'refuse') throw error;
    notes.push(`missing: ${error.message}`);
    return null;
  }
}
