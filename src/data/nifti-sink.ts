import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Json } from '../contracts/experiment.ts';
import { earlierMaps } from './earlier-maps.ts';
import { estimateColumns, type EstimateColumn } from './estimate-columns.ts';
import type { EstimateSink } from './estimate-sink.ts';
import { displayedRange } from './displayed-range.ts';
import { plainLayout, type MapLayout } from './map-layout.ts';
import type { NiftiHeader } from './nifti-header.ts';
import { encodeNiftiGz } from './nifti-gz.ts';
import { allocateScanMaps, type ScanMaps } from './scan-maps.ts';
import { stageFiles } from '../files/staged-files.ts';

/** Files that are written beside the maps. */
export interface FilesBeside {
  /** Their names within the folder. */
  readonly names: readonly string[];
  /**
   * Returns their contents by name, called once the fit is done.
   * @param images names of the images, which lie in the same folder
   */
  make(maps: ScanMaps, images: readonly string[]): Promise<ReadonlyMap<string, string | Uint8Array>>;
}

/** How maps are named and written. */
export interface MapOptions {
  readonly layout?: MapLayout;
  /** Value of voxels without an estimate; NaN if absent. */
  readonly background?: number;
}

/** How many maps are compressed at a time: as many as Node has threads for, and no more, since each is copied for it. */
const AT_A_TIME = 4;
/** Bytes of the copies, if they are of more than one map. */
const COPIED_AT_A_TIME = 256 * 2 ** 20;

/** Lists the files that a fit of a scan writes into `folder`: a map per column, the status map and its sidecar, others. */
export function mapFiles(
  folder: string,
  columns: readonly EstimateColumn[],
  beside: readonly string[] = [],
  layout: MapLayout = plainLayout,
): string[] {
  const names = [
    ...columns.map(({ name }) => layout.image(name)),
    layout.image('status'),
    ...layout.sidecarNames(columns),
    ...beside.map((name) => layout.beside(name)),
    ...[...layout.shared.keys()].filter((name) => !existsSync(join(folder, name))),
  ];
  return names.map((name) => join(folder, name));
}

/** Lists the files of an earlier fit in `folder` that this fit removes. */
export function staleMaps(
  folder: string,
  columns: readonly EstimateColumn[],
  beside: readonly string[] = [],
  layout: MapLayout = plainLayout,
): string[] {
  const written = mapFiles(folder, columns, beside, layout);
  return earlierMaps(folder).filter((file) => !written.includes(file));
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
  { layout = plainLayout, background = NaN }: MapOptions = {},
): EstimateSink {
  const files = mapFiles(folder, columns, beside.names, layout);
  const staged = stageFiles(files);
  const maps = allocateScanMaps(header.shape[0] * header.shape[1] * header.shape[2], columns);
  const put = async (name: string, contents: string | Uint8Array) =>
    (await staged.handle(join(folder, name))).writeFile(contents);
  const putMap = async (name: string, meaning: string, data: Float32Array | Uint8Array) => {
    const displayed = data instanceof Float32Array ? displayedRange(data) : undefined;
    const map = {
      data: data instanceof Float32Array ? withBackground(data, background) : data,
      shape: header.shape,
      name,
      description: `${name}: ${meaning}`,
      ...(displayed ? { displayed } : {}),
    };
    await put(layout.image(name), await encodeNiftiGz(header, map));
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
      const lanes = Math.max(1, Math.min(AT_A_TIME, Math.floor(COPIED_AT_A_TIME / (4 * maps.status.length))));
      const lane = async () => {
        for (let job = waiting.shift(); job; job = waiting.shift()) await job();
      };
      const images = [...columns.map(({ name }) => name), 'status'].map((name) =>
        basename(layout.image(name)),
      );
      // Maps are compressed by other threads while this one makes what lies beside them.
      const [others] = await Promise.all([beside.make(maps, images), ...Array.from({ length: lanes }, lane)]);
      for (const [name, contents] of others) await put(layout.beside(name), contents);
      for (const [name, contents] of layout.sidecars(columns, describe(), beside.names))
        await put(name, contents);
      for (const [name, contents] of layout.shared)
        if (files.includes(join(folder, name))) await put(name, contents);
      return {
        paths: files,
        async commit() {
          const stale = staleMaps(folder, columns, beside.names, layout);
          await staged.commit();
          for (const file of stale) rmSync(file);
        },
      };
    },
    discard: () => staged.discard(),
  };
}

function withBackground(map: Float32Array, value: number): Float32Array {
  return Number.isNaN(value) ? map : map.map((each) => (Number.isNaN(each) ? value : each));
}
