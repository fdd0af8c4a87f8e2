import type { EstimateSink } from './estimate-sink.ts';
import { estimateTable } from './estimates-npy.ts';
import { formatNpyHeader } from './npy-header.ts';
import { littleEndianBytes } from './npy-write.ts';
import { stageFiles } from '../files/staged-files.ts';
import { writeAll } from '../files/write-all.ts';

/**
 * Writes estimates as an NPY table of n x 4 float64: S0, D, f, Dp; NaN where a voxel failed. Pieces go straight to
 * their place in the file, so memory does not grow with n.
 * @throws InputError where `path` can't be written to
 */
export async function npySink(path: string, n: number): Promise<EstimateSink> {
  const staged = stageFiles([path]);
  const handle = await staged.handle(path);
  const header = formatNpyHeader('f8', [n, 4]);
  await writeAll(handle, header, 0);
  return {
    write: (first, estimates) =>
      writeAll(handle, littleEndianBytes(estimateTable(estimates)), header.length + first * 32),
    async finish() {
      await staged.commit();
      return [path];
    },
    discard: () => staged.discard(),
  };
}
