/**
 * Whole commands as a user types them: start-up, `npm start`, ten million voxels, one thread against two.
 *
 *     npm run bench:commands -- [--quick]
 *
 * Leaves results/bench/commands.json and commands.md.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { short } from './compare.ts';
import { spread } from './statistics.ts';
import { runProgram } from './whole-process.ts';
import { writeNpy } from './write-npy.ts';

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
  process.stderr.write(`${command}: ${figure} (asked for: ${asked})\n`);
};
const seconds = async (repeats: number, words: readonly string[]) => {
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) times.push((await runProgram(words)).seconds);
  return spread(times);
};
const fit = (input: string, workers: number) =>
  [
    'fit',
    input,
    '--bval',
    join(folder, 'b.bval'),
    '--fitter',
    'ls-global',
    '--workers',
    String(workers),
  ].concat('--out', join(folder, `out-${workers}.npy`), '--quiet');

try {
  writeFileSync(join(folder, 'b.bval'), '0 10 20 60 150 300 500 1000\n');

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

  writeNpy(join(folder, 'million.npy'), million);
  const one = await seconds(3, fit(join(folder, 'million.npy'), 1));
  const two = await seconds(3, fit(join(folder, 'million.npy'), 2));
  tell(
    `fit ${million.toLocaleString('en')} voxels, ls-global, two threads against one, start-up and files included`,
    `${short(one.median / two.median)} x (${short(one.median)} s, ${short(two.median)} s)`,
    '1.8 x',
  );

  writeNpy(join(folder, 'ten.npy'), 10 * million);
  const ten = await runProgram(fit(join(folder, 'ten.npy'), 2));
  tell(
    `fit ${(10 * million).toLocaleString('en')} voxels, ls-global, two threads, .npy to .npy`,
    `${short(ten.seconds)} s, ${short(ten.mebibytes)} MiB; ${short(ten.seconds / (10 * two.median))} of ten times a tenth of them`,
    'under 1,024 MiB, linear within 10 %',
  );
} finally {
  rmSync(folder, { recursive: true });
}
const out = join(process.cwd(), 'results', 'bench');
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'commands.json'), `${JSON.stringify(found, null, 1)}\n`);
const markdown = [
  '| command | measured | asked for |',
  '|---|---|---|',
  ...found.map(({ command, figure, asked }) => `| ${command} | ${figure} | ${asked} |`),
  '',
].join('\n');
writeFileSync(join(out, 'commands.md'), markdown);
process.stdout.write(markdown);
