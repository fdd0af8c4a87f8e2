import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../contracts/experiment.ts';
import { earlierMaps } from './earlier-maps.ts';
import { estimateColumns, type EstimateColumn } from './estimate-columns.ts';
import type { EstimateSink } from './estimate-sink.ts';
import type { NiftiHeader } from './nifti-header.ts';
import { encodeNiftiGz } from './nifti-gz.ts';
import { allocateScanMaps, type ScanMaps } from './scan-maps.ts';
import { stageFiles } from '../files/staged-files.ts';
import { statusLegend } from './status-words.ts';

/** Files that are written beside the maps. */
export interface FilesBeside {
  /** Their names within the folder. */
  readonly names: readonly string[];
  /** Returns their contents by name, called once the fit is done. */
  make(maps: ScanMaps): Promise<ReadonlyMap<string, string | Uint8Array>>;
}

/** How many maps are compressed at a time: as many as Node has threads for, and no more, since each is copied for it. */
const AT_A_TIME = 4;

/** Lists the files that a fit of a scan writes into `folder`: a map per column, the status map and its sidecar, others. */
export function mapFiles(
  folder: string,
  columns: readonly EstimateColumn[],
  beside: readonly string[] = [],
): string[] {
  const maps = columns.map(({ name }) => join(folder, `${name}.nii.gz`));
  const others = beside.map((name) => join(folder, name));
  return [...maps, join(folder, 'status.nii.gz'), join(folder, 'status.json'), ...others];
}

/** Lists the files of an earlier fit in `folder` that this fit removes. */
export function staleMaps(
  folder: string,
  columns: readonly EstimateColumn[],
  beside: readonly string[] = [],
): string[] {
  const written = mapFiles(folder, columns, beside);
  return earlierMaps(folder).filter((file) => !written.includes(file));
}

/** Returns the meanings of the maps by name. */
export function mapMeanings(columns: readonly EstimateColumn[]): Record<string, string> {
  return Object.fromEntries(columns.map(({ name, meaning }) => [name, meaning]));
}

/**
 * Writes a float32 map per column and a uint8 status map in the space of the scan, and a JSON sidecar with the legend of the
 * statuses. Maps of an earlier fit without a counterpart in this one are removed at the end, so that they are not mistaken for
 * its results.
 * @param describe returns facts for the sidecar, called once the fit is done
 * @throws InputError if `folder` is not writable
 */
export function niftiSink(
  folder: string,
  header: NiftiHeader,
  describe: () => Readonly<Record<string, Json>>,
  columns: readonly EstimateColumn[] = estimateColumns(),
  beside: FilesBeside = { names: [], make: async () => new Map() },
): EstimateSink {
  const files = mapFiles(folder, columns, beside.names);
  const staged = stageFiles(files);
  const maps = allocateScanMaps(header.shape[0] * header.shape[1] * header.shape[2], columns);
  const put = async (name: string, contents: string | Uint8Array) =>
    (await staged.handle(join(folder, name))).writeFile(contents);
  const putMap = async (name: string, meaning: string, data: Float32Array | Uint8Array) => {
    const map = { data, shape: header.shape, name, description: `${name}: ${meaning}` };
    await put(`${name}.nii.gz`, await encodeNiftiGz(header, map));
  };
  return {
    maps,
    async write(first, estimates) {
      maps.write(first, estimates);
    },
    async finish() {
      const waiting = [
        ...columns.map(
          ({ name, meaning }, c) =>
            () =>
              putMap(name, meaning, maps.maps[c]),
        ),
        () => putMap('status', 'see status.json', maps.status),
      ];
      const lane = async () => {
        for (let job = waiting.shift(); job; job = waiting.shift()) await job();
      };
      // Maps are compressed by other threads while this one makes what lies beside them.
      const [others] = await Promise.all([beside.make(maps), ...Array.from({ length: AT_A_TIME }, lane)]);
      for (const [name, contents] of others) await put(name, contents);
      const sidecar = {
        ...describe(),
        maps: mapMeanings(columns),
        files: beside.names,
        status: statusLegend(),
      };
      await put('status.json', JSON.stringify(sidecar, null, 2) + '\n');
      const stale = staleMaps(folder, columns, beside.names);
      await staged.commit();
      for (const file of stale) rmSync(file);
      return files;
    },
    discard: () => staged.discard(),
  };
}
