import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scratchFolder } from '../runner/tiny-study.ts';
import { inProcess } from './command-line.ts';

const test = suite('run: again, with nothing to do');

const scratch = scratchFolder();
const config = join(scratch, 'study.yaml');
const out = join(scratch, 'run');
writeFileSync(
  config,
  `experiment: phantom
protocol: barbieri-2020
data: { voxels: 20, S0: 1500, noise: { snr: [20] }, tissue: { D: { constant: 0.001 }, f: { constant: 0.2 }, Dp: { constant: 0.05 } } }
statistics: { resamples: 20 }
timing: { warmUpMs: 0, repeats: 3 }
fitters: [segmented]
`,
);
const run = async (...more: string[]) => {
  const { code, stderr } = await inProcess('run', config, '--out', out, '--workers', '1', ...more);
  assert.is(code, 0, stderr);
  return stderr;
};
/** Every file of the run, with its contents and the moment it was written. */
const files = () =>
  readdirSync(out, { recursive: true, encoding: 'utf8' })
    .map((name) => join(out, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => [file, statSync(file).mtimeMs, readFileSync(file, 'base64')] as const)
    .sort();
const contents = () => files().map(([file, , content]) => [file, content]);

test.before(async () => {
  await run();
});

test('no file is written, not even run.json, whose times stay those of the run that did the work', async () => {
  const before = files();
  assert.match(await run(), /all of 4 cells and the report are there already/);
  assert.equal(files(), before);
});

for (const [what, change] of [
  ['a table is missing', () => rmSync(join(out, 'tables', 'rmse.csv'))],
  ['a table was edited', () => writeFileSync(join(out, 'tables', 'rmse.csv'), 'mine')],
  ['the report is missing', () => rmSync(join(out, 'report.html'))],
  ['the record of the outputs is damaged', () => writeFileSync(join(out, 'outputs.json'), '{')],
] as const) {
  test(`where ${what}, all outputs are written as they were`, async () => {
    const before = contents();
    change();
    assert.match(await run(), /4 of 4 cells done \(4 by an earlier run\), report written/);
    assert.equal(contents(), before);
  });
}

test('what another process of the same run is just writing is none of the outputs', async () => {
  // As src/files/temporary-path.ts names it; that of a machine that is not this one is never removed.
  const half = join(out, 'figures', '.rmse-against-snr.png.elsewhere-1.partial');
  writeFileSync(half, 'half of');
  rmSync(join(out, 'report.html'));
  await run();
  const { files: recorded } = JSON.parse(readFileSync(join(out, 'outputs.json'), 'utf8')) as {
    files: object;
  };
  assert.ok('figures/rmse-against-snr.png' in recorded);
  assert.equal(
    Object.keys(recorded).filter((name) => name.includes('partial')),
    [],
  );
  rmSync(half);
  assert.match(await run(), /all of 4 cells and the report are there already/);
});

test('another title is written to run.json and the report', async () => {
  assert.match(await run('--set', 'title=Another'), 'report written');
  assert.match(readFileSync(join(out, 'report.html'), 'utf8'), '<h1>Another</h1>');
});

test.run();
