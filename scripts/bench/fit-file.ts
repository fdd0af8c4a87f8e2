import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spread } from './statistics.ts';
import { runProgram } from './whole-process.ts';
import { writeNpy } from './write-npy.ts';

/** Measured cost of `ivim-bench fit` of an .npy file by least squares (`ls-global`) to an .npy file. */
export interface FileFit {
  /** The whole command, including start-up. */
  readonly seconds: number;
  /** From the first voxel read to the last written, including starting threads; as reported by the command. */
  readonly fitSeconds: number;
  readonly mebibytes: number;
}

/** Writes n voxels into `folder` and fits them `repeats` times with each number of threads, alternately. */
export async function fitFile(
  folder: string,
  n: number,
  threads: readonly number[],
  repeats: number,
): Promise<FileFit[][]> {
  const found: FileFit[][] = threads.map(() => []);
  await withVoxels(folder, n, async (fit) => {
    for (let round = 0; round < repeats; round++) {
      for (const [t, count] of threads.entries()) found[t].push(await fit(count, 'estimates'));
    }
  });
  return found;
}

/**
 * How much two processes of one thread each get done side by side, in what one gets done alone (2 at best): what two threads
 * could reach on this machine, whose cores may share more than they seem to. Median of `repeats`.
 */
export async function processesSideBySide(folder: string, n: number, repeats: number): Promise<number> {
  const gains: number[] = [];
  await withVoxels(folder, n, async (fit) => {
    for (let round = 0; round < repeats; round++) {
      const alone = await fit(1, 'estimates');
      const both = await Promise.all([fit(1, 'estimates'), fit(1, 'others')]);
      gains.push((2 * alone.fitSeconds) / Math.max(...both.map(({ fitSeconds }) => fitSeconds)));
    }
  });
  return spread(gains).median;
}

type FitOnce = (threads: number, out: string) => Promise<FileFit>;

async function withVoxels(folder: string, n: number, work: (fit: FitOnce) => Promise<void>): Promise<void> {
  const input = join(folder, `${n}.npy`);
  const bval = join(folder, 'scheme.bval');
  writeNpy(input, n);
  writeFileSync(bval, '0 10 20 60 150 300 500 1000\n');
  const written = new Set<string>();
  await work(async (threads, name) => {
    const out = join(folder, `${name}.npy`);
    written.add(out);
    const words = ['fit', input, '--bval', bval, '--fitter', 'ls-global', '--out', out, '--quiet', '--json'];
    const run = await runProgram([...words, '--workers', String(threads)]);
    const { fitSeconds } = JSON.parse(run.output) as { fitSeconds: number };
    return { seconds: run.seconds, fitSeconds, mebibytes: run.mebibytes };
  });
  for (const file of [input, ...written]) rmSync(file);
}
