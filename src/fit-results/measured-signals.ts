import { eachPiece } from '../data/each-piece.ts';
import { failedFrom } from '../contracts/voxels.ts';
import type { MeasuredProtocol } from '../data/measured-protocol.ts';
import type { RowSource } from '../data/row-source.ts';
import type { MeasuredSignals } from './fitted-scan.ts';

/** Distributions of signals are as well known from so many voxels as from all. */
const MOST_VOXELS = 20_000;

/** Reads what a report shows of the signals of a scan. @param status of the fit, one per voxel */
export async function measuredSignals(
  source: RowSource,
  { bValues, place, repeats }: MeasuredProtocol,
  status: Uint8Array,
): Promise<MeasuredSignals> {
  const columns = place.length;
  const width = bValues.length;
  const fitted = status.reduce((count, code) => count + (code < failedFrom ? 1 : 0), 0);
  const step = Math.max(1, Math.ceil(fitted / MOST_VOXELS));
  const kept = Math.ceil(fitted / step);
  const lowest = new Float32Array(source.n);
  const voxels = new Uint32Array(kept);
  const values = new Float32Array(kept * width);
  const atLowest = [...place.keys()].filter((c) => place[c] === 0);
  let seen = 0;
  await eachPiece(source, (first, count, raw) => {
    for (let i = 0, from = 0; i < count; i++, from += columns) {
      let sum = 0;
      for (const c of atLowest) sum += raw[from + c];
      lowest[first + i] = sum / atLowest.length;
      if (status[first + i] >= failedFrom || seen++ % step !== 0) continue;
      const row = (seen - 1) / step;
      voxels[row] = first + i;
      for (let c = 0; c < columns; c++)
        values[row * width + place[c]] += raw[from + c] / Math.max(1, repeats[place[c]]);
    }
  });
  return { lowest, voxels, values };
}
