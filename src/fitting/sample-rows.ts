import { eachPiece, ROWS_AT_ONCE } from '../data/each-piece.ts';
import type { Signals } from '../contracts/voxels.ts';
import { allocateRows, normalise, usedSignals } from '../data/normalise.ts';
import type { RowSource } from '../data/row-source.ts';
import type { MeasuredProtocol } from '../data/measured-protocol.ts';

/** Maximum number of voxels, and of bytes of signals, that a fitter learns from. */
const MOST_ROWS = 1_000_000;
const MOST_BYTES = 256 * 2 ** 20;

/** Returns the step between the rows that are kept, so that they fit into memory; 1 for all but the largest files. */
export function sampleStep(n: number, width: number): number {
  return Math.ceil(n / Math.min(MOST_ROWS, Math.floor(MOST_BYTES / (8 * width))));
}

/** Returns the voxels of a file that can be fitted, evenly subsampled if there are too many to keep. */
export async function sampleRows(
  source: RowSource,
  protocol: MeasuredProtocol,
  sigma?: number,
): Promise<Signals> {
  const width = protocol.bValues.length;
  const step = sampleStep(source.n, width);
  const kept = allocateRows(Math.ceil(source.n / step), width, sigma !== undefined);
  const rows = allocateRows(Math.min(ROWS_AT_ONCE, source.n), width, sigma !== undefined);
  let n = 0;
  await eachPiece(source, (first, count, raw) => {
    const inside = source.inside?.subarray(first, first + count);
    const used = normalise(
      raw,
      count,
      protocol,
      rows,
      inside,
      source.sigma?.subarray(first, first + count) ?? sigma,
    );
    for (let j = 0; j < used; j++) {
      if ((first + rows.rows[j]) % step !== 0) continue;
      kept.values.set(rows.values.subarray(j * width, (j + 1) * width), n * width);
      kept.scale[n] = rows.scale[j];
      if (kept.sigma && rows.sigma) kept.sigma[n] = rows.sigma[j];
      n++;
    }
  });
  return usedSignals(protocol.bValues, kept, n);
}
