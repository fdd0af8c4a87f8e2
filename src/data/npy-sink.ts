import { estimateColumns, type EstimateColumn } from './estimate-columns.ts';
import type { EstimateSink } from './estimate-sink.ts';
import { formatNpyHeader } from './npy-header.ts';
import { littleEndianBytes } from './npy-write.ts';
import { stageFiles } from '../files/staged-files.ts';
import { writeAll } from '../files/write-all.ts';

/**
 * Writes estimates as an NPY table of n x columns float64: S0, D, f, Dp, …; NaN where a voxel failed. Pieces are written
 * directly to their position in the file, so memory does not grow with n.
 * @throws InputError if `path` is not writable
 */
export async function npySink(
  path: string,
  n: number,
  columns: readonly EstimateColumn[] = estimateColumns(),
): Promise<EstimateSink> {
  const width = columns.length;
  const staged = stageFiles([path]);
  const handle = await staged.handle(path);
  const header = formatNpyHeader('f8', [n, width]);
  await writeAll(handle, header, 0);
  return {
    write(first, estimates) {
      const table = new Float64Array(estimates.n * width);
      columns.forEach((column, c) => {
        for (let i = 0; i < estimates.n; i++) table[i * width + c] = column.at(estimates, i);
      });
      return writeAll(handle, littleEndianBytes(table), header.length + first * width * 8);
    },
    async finish() {
      return { paths: [path], commit: () => staged.commit() };
    },
    discard: () => staged.discard(),
  };
}
