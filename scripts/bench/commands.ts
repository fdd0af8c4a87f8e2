/**
 * Whole commands as a user types them: start-up, `npm start`, ten million voxels, one thread against two.
 *
 *     npm run bench:commands -- [--quick]
 *
 * Writes results/bench/commands.json and commands.md.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { short } from './compare.ts';
import { fitFile, processesSideBySide, type FileFit } from './fit-file.ts';
import { machine } from './machine.ts';
import { spread } from './statistics.ts';
import { runProgram } from './whole-process.ts';

interface Found {
  readonly command: string;
  readonly figure: string;
  readonly asked: string;
}

const quick = process.argv.includes('--quick');
const million = quick ? 200_000 : 1_000_000;
const folder = mkdtempSync(join(tmpdir(), 'ivim-bench-'));
const found: Found[] = [];
const tell = (command: string, figure: string, asked: string) => {
  found.push({ command, figure, asked });
  process.stderr.write(`${command}: ${figure} ${asked && `(asked for: ${asked})`}\n`);
};
const seconds = async (repeats: number, words: readonly string[]) => {
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) times.push((await runProgram(words)).seconds);
  return spread(times);
};
try {
  const list = await seconds(quick ? 3 : 10, ['list', 'fitters']);
  tell('list fitters', `${short(list.median)} s (${short(list.low)} to ${short(list.high)})`, 'under 0.4 s');

  const study = await runProgram([
    'run',
    'configs/phantom.yaml',
    '--out',
    join(folder, 'run'),
    '--fresh',
    '--quiet',
  ]);
  tell(
    'run configs/phantom.yaml',
    `${short(study.seconds)} s, ${short(study.mebibytes)} MiB`,
    'under 30 s, under 1,536 MiB',
  );

  const [one, two] = await fitFile(folder, million, [1, 2], 3);
  const median = (runs: readonly FileFit[], what: 'seconds' | 'fitSeconds') =>
    spread(runs.map((run) => run[what])).median;
  const against = (what: 'seconds' | 'fitSeconds') => {
    const [slow, quicker] = [median(one, what), median(two, what)];
    return `${short(slow / quicker)} x (${short(slow)} s, ${short(quicker)} s)`;
  };
  const voxels = (n: number) => `fit ${n.toLocaleString('en')} voxels, ls-global`;
  tell(`${voxels(million)}, two threads against one`, against('fitSeconds'), '1.8 x');
  tell(`${voxels(million)}, two threads against one, start-up and files included`, against('seconds'), '');

  const limit = await processesSideBySide(folder, million, 3);
  tell(`${voxels(million)}, two processes side by side against one alone`, `${short(limit)} x`, '');

  const [[ten]] = await fitFile(folder, 10 * million, [2], 1);
  const growth = ten.fitSeconds / (10 * median(two, 'fitSeconds'));
  tell(
    `${voxels(10 * million)}, two threads, .npy to .npy`,
    `${short(ten.seconds)} s, ${short(ten.mebibytes)} MiB; ${short(growth)} of ten times a tenth of them`,
    'under 1,024 MiB, linear within 10 %',
  );
} finally {
  rmSync(folder, { recursive: true });
}
const out = join(process.cwd(), 'results', 'bench');
mkdirSync(out, { recursive: true });
const where = machine(quick);
writeFileSync(join(out, 'commands.json'), `${JSON.stringify({ ...where, found }, null, 1)}\n`);
const markdown = [
  '| command | measured | asked for |',
  '|---|---|---|',
  ...found.map(({ command, figure, asked }) => `| ${command} | ${figure} | ${asked} |`),
  '',
].join('\n');
writeFileSync(join(out, 'commands.md'), markdown);
process.stdout.write(markdown);
