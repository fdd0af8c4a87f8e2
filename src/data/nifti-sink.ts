import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../contracts/experiment.ts';
import { earlierMaps } from './earlier-maps.ts';
import { estimateColumns, type EstimateColumn } from './estimate-columns.ts';
import type { EstimateSink } from './estimate-sink.ts';
import type { NiftiHeader } from './nifti-header.ts';
import { encodeNiftiGz } from './nifti-gz.ts';
import { stageFiles } from '../files/staged-files.ts';
import { statusLegend } from './status-words.ts';

/** Lists the files that a fit of a scan writes into `folder`: a map per column, the status map and its sidecar. */
export function mapFiles(folder: string, columns: readonly EstimateColumn[]): string[] {
  const maps = columns.map(({ name }) => join(folder, `${name}.nii.gz`));
  return [...maps, join(folder, 'status.nii.gz'), join(folder, 'status.json')];
}

/** Lists the files of an earlier fit in `folder` that this fit removes. */
export function staleMaps(folder: string, columns: readonly EstimateColumn[]): string[] {
  const written = mapFiles(folder, columns);
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
  columns: readonly EstimateColumn[] = estimateColumns(false),
): EstimateSink {
  const files = mapFiles(folder, columns);
  const staged = stageFiles(files);
  const [statusFile, sidecarFile] = files.slice(columns.length);
  const n = header.shape[0] * header.shape[1] * header.shape[2];
  const maps = columns.map(() => new Float32Array(n));
  const status = new Uint8Array(n);
  const put = async (file: string, name: string, meaning: string, data: Float32Array | Uint8Array) => {
    const map = { data, shape: header.shape, name, description: `${name}: ${meaning}` };
    await (await staged.handle(file)).writeFile(await encodeNiftiGz(header, map));
  };
  return {
    async write(first, estimates) {
      columns.forEach((column, c) => {
        for (let i = 0; i < estimates.n; i++) maps[c][first + i] = column.at(estimates, i);
      });
      status.set(estimates.status, first);
    },
    async finish() {
      for (const [c, { name, meaning }] of columns.entries()) await put(files[c], name, meaning, maps[c]);
      await put(statusFile, 'status', 'see status.json', status);
      const sidecar = { ...describe(), maps: mapMeanings(columns), status: statusLegend() };
      await (await staged.handle(sidecarFile)).writeFile(JSON.stringify(sidecar, null, 2) + '\n');
      const stale = staleMaps(folder, columns);
      await staged.commit();
      for (const file of stale) rmSync(file);
      return files;
    },
    discard: () => staged.discard(),
  };
}
