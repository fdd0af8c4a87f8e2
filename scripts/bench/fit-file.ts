import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './whole-process.ts';
import { writeNpy } from './write-npy.ts';

/** What `ivim-bench fit` of an .npy file by least squares (`ls-global`) to an .npy file cost. */
export interface FileFit {
  /** The whole command, start-up included. */
  readonly seconds: number;
  /** From the first voxel read to the last written, starting threads included; what the command itself says. */
  readonly fitSeconds: number;
  readonly mebibytes: number;
}

/** Writes n voxels into `folder` and fits them `repeats` times with each number of threads, in turn. */
export async function fitFile(
  folder: string,
  n: number,
  threads: readonly number[],
  repeats: number,
): Promise<FileFit[][]> {
  const input = join(folder, `${n}.npy`);
  const out = join(folder, 'estimates.npy');
  const bval = join(folder, 'scheme.bval');
  writeNpy(input, n);
  writeFileSync(bval, '0 10 20 60 150 300 500 1000\n');
  const found: FileFit[][] = threads.map(() => []);
  const words = ['fit', input, '--bval', bval, '--fitter', 'ls-global', '--out', out, '--quiet', '--json'];
  for (let round = 0; round < repeats; round++) {
    for (const [t, count] of threads.entries()) {
      const run = await runProgram([...words, '--workers', String(count)]);
      const { fitSeconds } = JSON.parse(run.output) as { fitSeconds: number };
      found[t].push({ seconds: run.seconds, fitSeconds, mebibytes: run.mebibytes });
    }
  }
  rmSync(input);
  rmSync(out);
  return found;
}
