import { closeSync, openSync, writeSync } from 'node:fs';
import { formatNpyHeader } from '../../src/data/npy-header.ts';
import { benchmarkVoxels } from './voxels.ts';

/** Writes n x 8 float32 with b=0, repeating the benchmark's 100,000 voxels, and its .bval. */
export function writeNpy(path: string, n: number): void {
  const { signals } = benchmarkVoxels(100_000);
  const width = signals.bValues.length;
  const block = new Uint8Array(Float32Array.from(signals.values).buffer);
  const file = openSync(path, 'w');
  writeSync(file, formatNpyHeader('f4', [n, width]));
  for (let left = n * width * 4; left > 0; left -= block.length) {
    writeSync(file, block, 0, Math.min(left, block.length));
  }
  closeSync(file);
}
