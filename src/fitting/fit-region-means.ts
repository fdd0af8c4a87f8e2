import { eachPiece } from '../data/each-piece.ts';
import type { PreparedFitter } from '../contracts/fitter.ts';
import type { Regions } from '../contracts/regions.ts';
import { allocateEstimates, type Estimates } from '../contracts/voxels.ts';
import type { MeasuredProtocol } from '../data/measured-protocol.ts';
import type { RowSource } from '../data/row-source.ts';
import { regionNoise, regionSignals } from '../fit-results/regions.ts';
import { allocateScratch, allocateSlot, fitPiece } from './piece.ts';

/**
 * Fits the mean signal of every region, whose noise is that of a voxel divided by the root of the number of voxels.
 * @returns one estimate per region, in the order of their names
 */
export async function fitRegionMeans(
  source: RowSource,
  protocol: MeasuredProtocol,
  fitter: PreparedFitter,
  {
    regions,
    status,
    sigma,
  }: { readonly regions: Regions; readonly status: Uint8Array; readonly sigma?: number },
): Promise<Estimates> {
  const columns = source.bValues.length;
  const signals = regionSignals(regions, status, columns);
  const noises = source.sigma && regionNoise(regions, status, source.sigma);
  await eachPiece(source, signals.add);
  const { voxels, means } = signals.means();
  const shape = { rows: 1, columns, masked: false, intervals: false };
  const slot = allocateSlot(shape, (bytes) => new ArrayBuffer(bytes));
  const bench = allocateScratch(1, protocol.bValues.length, sigma !== undefined, false);
  const found = allocateEstimates(voxels.length);
  for (let r = 0; r < voxels.length; r++) {
    if (voxels[r] === 0) continue;
    slot.raw.set(means.subarray(r * columns, (r + 1) * columns));
    const typical = noises?.[r] ?? sigma;
    const noise = typical === undefined ? undefined : typical / Math.sqrt(voxels[r]);
    await fitPiece(fitter, protocol, slot, 1, bench, noise);
    for (const name of ['S0', 'D', 'f', 'Dp', 'status'] as const) found[name][r] = slot.estimates[name][0];
  }
  return found;
}
