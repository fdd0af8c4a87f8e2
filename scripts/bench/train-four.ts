import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './whole-process.ts';

const tissue =
  '{ Dp: { uniform: [0.01, 0.1] }, D: { uniform: [0.0005, 0.002] }, f: { uniform: [0.1, 0.4] } }';

/** Four of the study's networks, each trained for as many epochs, so that no worker is left with the longest. */
function config(epochs: number): string {
  const network = (k: number) => `  - { use: dnn, name: dnn-${k}, epochs: ${epochs}, patience: ${epochs} }`;
  return [
    'experiment: phantom',
    'protocol: barbieri-2020',
    `data: { voxels: 100, S0: 1500, noise: { snr: [20] }, tissue: ${tissue} }`,
    'training: { voxels: 100000, noise: { sigma: { uniform: [0, 165] } } }',
    'fitters:',
    ...[1, 2, 3, 4].map(network),
    '',
  ].join('\n');
}

/**
 * Measures the seconds that `ivim-bench run` of four networks takes with this many worker threads, including start-up and
 * report.
 */
export async function trainFour(folder: string, epochs: number, workers: number): Promise<number> {
  const path = join(folder, 'four.yaml');
  writeFileSync(path, config(epochs));
  const out = join(folder, 'four');
  const words = ['run', path, '--out', out, '--fresh', '--quiet', '--workers', String(workers)];
  return (await runProgram(words)).seconds;
}
