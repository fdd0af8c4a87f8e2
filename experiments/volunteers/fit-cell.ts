import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import { allocateEstimates, failedFrom, Status } from '../../src/contracts/voxels.ts';
import { mostAtBound } from '../../src/data/most-at-bound.ts';
import { estimatesToNifti } from '../../src/data/estimates-nifti.ts';
import type { VolunteersConfig } from './config.ts';
import { preparedBefore } from './fitter-in-use.ts';
import { encodeRegions, REGION_FILE } from './region-file.ts';
import { regionRecords, regionRows } from './region-rows.ts';
import { readNamed, type SessionName } from './session-input.ts';
import { SlicePictures } from './slice-pictures.ts';

export interface FitInput extends SessionName {
  readonly fitter: string;
  /** Name of the group of sessions that the fitter was prepared for. */
  readonly group: string;
  /** Id of that preparation. */
  readonly prepare: string;
  /** The slice that is shown, fitted as a whole; null for none. */
  readonly slice: number | null;
}

/** Fits the voxels of one session, keeps the maps and the means over its regions. */
export async function fitCell(
  cell: Cell,
  config: VolunteersConfig,
  context: RunContext,
): Promise<CellResult> {
  const { fitter, prepare, group, slice, subject, session } = cell.input as unknown as FitInput;
  const { voxels } = await readNamed(config, context, { subject, session }, () =>
    config.maps === 'all' ? { slices: 'all' } : slice === null ? {} : { slices: [slice] },
  );
  if (!voxels) return { rows: [], files: new Map([[REGION_FILE, encodeRegions([])]]) };
  const { signals } = voxels;
  const ready = await preparedBefore(config, context, {
    fitter,
    group,
    bValues: signals.bValues,
    cell: prepare,
  });
  const estimates = allocateEstimates(signals.n);
  await ready.fit(signals, estimates);
  ready.dispose?.();
  const records = regionRecords(voxels, estimates);
  const count = (wanted: (status: number) => boolean) => estimates.status.filter(wanted).length;
  const notes = mostAtBound(
    count((status) => status === Status.atBound),
    count((status) => status < failedFrom),
  );
  const maps = await estimatesToNifti({
    estimates,
    voxels: voxels.voxels,
    shape: voxels.session.shape,
    space: voxels.space,
  });
  const folder = ['maps', subject, session, fitter]
    .filter((part) => part !== '')
    .map(fileName)
    .join('/');
  return {
    rows: regionRows(fitter, session, records),
    ...(notes.length > 0 ? { notes } : {}),
    files: new Map([...maps, [REGION_FILE, encodeRegions(records)]]),
    publishes: new Map([...maps.keys()].map((name) => [`${folder}/${name}`, name])),
    ...(slice === null ? {} : { pictures: new SlicePictures(voxels, slice).maps(fitter, estimates) }),
  };
}

/** Fitters and subjects may be called anything; files may not. */
const fileName = (name: string): string => name.replace(/[^\w.-]+/g, '_').replace(/^\.+/, '_');
