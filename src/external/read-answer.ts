import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { openNpy } from '../data/npy-read.ts';
import { counted } from '../wording/counted.ts';
import { ESTIMATES_FILE, SD_FILE } from './request-folder.ts';

/** Maximum size of a header. */
const HEADER_BYTES = 65_536;

/**
 * Reads the output of a program from its folder: `estimates.npy` (n x 4: S0, D, f, Dp) and, if present, `sd.npy` (n x 3: D, f,
 * Dp). A voxel with a non-finite number has failed.
 * @throws Error naming the file that is missing or invalid
 */
export async function readAnswer(folder: string, signals: Signals, out: Estimates): Promise<void> {
  const { n, scale } = signals;
  const estimates = await readTable(folder, ESTIMATES_FILE, n, 4);
  if (!estimates) throw new Error(`the program did not write ${ESTIMATES_FILE}`);
  const sd = await readTable(folder, SD_FILE, n, 3);
  for (let i = 0; i < n; i++) {
    const [S0, D, f, Dp] = estimates.subarray(4 * i, 4 * i + 4);
    if (!finiteRow(signals, i)) fail(out, i, Status.notFinite);
    else if (!Number.isFinite(S0 + D + f + Dp)) fail(out, i, Status.notConverged);
    else {
      out.S0[i] = S0 * scale[i];
      out.D[i] = D;
      out.f[i] = f;
      out.Dp[i] = Dp;
      out.status[i] = Status.converged;
      if (sd && out.sd) [out.sd.D[i], out.sd.f[i], out.sd.Dp[i]] = sd.subarray(3 * i, 3 * i + 3);
    }
  }
}

async function readTable(
  folder: string,
  name: string,
  rows: number,
  columns: number,
): Promise<Float64Array | null> {
  const path = join(folder, name);
  const facts = await stat(path).catch(() => null);
  if (!facts) return null;
  if (!facts.isFile()) throw new Error(`${name} is not a regular file`);
  const wanted = `${rows} x ${columns} numbers are expected`;
  if (facts.size > rows * columns * 8 + HEADER_BYTES) {
    throw new Error(`${name} holds ${counted(facts.size, 'byte')}, too many: ${wanted}`);
  }
  try {
    const matrix = await openNpy(path, (shape) => {
      if (shape.length === 2 && shape[0] === rows && shape[1] === columns) return;
      throw new Error(
        `${name} holds ${shape.join(' x ') || 'a single'} ${shape.length > 0 ? 'numbers' : 'number'}; ${wanted}`,
      );
    });
    try {
      const table = new Float64Array(rows * columns);
      await matrix.read(0, rows, table);
      return table;
    } finally {
      await matrix.close();
    }
  } catch (error) {
    throw new Error((error as Error).message.replaceAll(path, name), { cause: error });
  }
}

function finiteRow({ bValues, values }: Signals, i: number): boolean {
  const width = bValues.length;
  for (let k = i * width; k < (i + 1) * width; k++) if (!Number.isFinite(values[k])) return false;
  return true;
}
