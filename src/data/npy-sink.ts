import type { EstimateSink } from './estimate-sink.ts';
import { formatNpyHeader } from './npy-header.ts';
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
    async write(first, { n: count, S0, D, f, Dp }) {
      const table = new Float64Array(count * 4);
      for (let i = 0, at = 0; i < count; i++) {
        table[at++] = S0[i]!;
        table[at++] = D[i]!;
        table[at++] = f[i]!;
        table[at++] = Dp[i]!;
      }
      await writeAll(handle, new Uint8Array(table.buffer), header.length + first * 32);
    },
    async finish() {
      await staged.commit();
      return [path];
    },
    discard: () => staged.discard(),
  };
}
