import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { storedFiles, tablesOf } from '../../scripts/fault/study.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { CellStore } from '../../src/runner/cell-store.ts';
import { readRunRecord, readStoredRun } from '../../src/runner/stored-run.ts';
import { inProcess } from '../commands/command-line.ts';
import { scratchFolder } from './tiny-study.ts';

const test = suite('damaged and foreign results');
const scratch = scratchFolder();
const config = join(scratch, 'study.yaml');
const out = join(scratch, 'run');

writeFileSync(
  config,
  `experiment: phantom
protocol: barbieri-2020
data: { voxels: 20, S0: 1500, noise: { snr: [20] }, tissue: { D: { constant: 0.001 }, f: { constant: 0.2 }, Dp: { constant: 0.05 } } }
training: { voxels: 512, noise: { sigma: { constant: 75 } } }
statistics: { resamples: 20 }
timing: { warmUpMs: 0, repeats: 3 }
fitters: [segmented, { use: dnn, epochs: 1 }]
`,
);
const run = (dir = out) => inProcess('run', config, '--out', dir, '--workers', '1');

let metrics: string;
test.before(async () => {
  assert.is((await run()).code, 0);
  metrics = tablesOf(out);
});

test('a flipped bit in any stored file is noticed by the store, whichever bit it is', async () => {
  const random = new Mt19937(18);
  for (const file of storedFiles(out)) {
    const key = file.slice(join(out, 'cells').length + 1).split('/')[0];
    const whole = readFileSync(file);
    for (let flip = 0; flip < 20; flip++) {
      const changed = Uint8Array.from(whole);
      changed[random.below(changed.length)] ^= 1 << random.below(8);
      writeFileSync(file, changed);
      const found = await new CellStore(join(out, 'cells')).verify(key);
      assert.is(found.state, 'damaged', file);
    }
    writeFileSync(file, whole);
  }
});

test('damaged results are computed again, which is said once and recorded, and the tables are as before', async () => {
  const dir = join(scratch, 'damaged');
  cpSync(out, dir, { recursive: true });
  // Timings of a copied run are not those of its folder: the first run repeats them.
  assert.is((await run(dir)).code, 0);
  const weights = storedFiles(dir).find((file) => file.endsWith('weights.bin'))!;
  const result = storedFiles(dir).find(
    (file) => file.endsWith('result.json') && dirname(file) !== dirname(weights),
  )!;
  for (const [file, at] of [
    [weights, 10],
    [result, 300],
  ] as const) {
    const bytes = readFileSync(file);
    bytes[at] ^= 4;
    writeFileSync(file, bytes);
  }
  const report = await inProcess('report', dir);
  assert.match(report.stderr, 'the stored results of 2 of ');
  const again = await run(dir);
  assert.is(again.code, 0, again.stderr);
  assert.is([...again.stderr.matchAll(/its stored result is damaged/g)].length, 2);
  assert.match(again.stderr, 'weights.bin differs from its digest');
  assert.is((await readRunRecord(dir)).damaged!.length, 2);
  assert.is(tablesOf(dir), metrics);
  const third = await run(dir);
  assert.not.match(third.stderr, 'damaged');
  assert.is((await readRunRecord(dir)).damaged, undefined);
});

test('a file that is missing, a renamed key in a row, and no rows where there were some are damage too', async () => {
  const dir = join(scratch, 'edited');
  const edits: [RegExp, (file: string) => void][] = [
    [/weights\.bin$/, (file) => rmSync(file)],
    [
      /result\.json$/,
      (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('"metric"', '"metrik"')),
    ],
    [
      /result\.json$/,
      (file) =>
        writeFileSync(file, readFileSync(file, 'utf8').replace(/"rows": \[[\s\S]*?\n \],/, '"rows": [],')),
    ],
  ];
  for (const [name, edit] of edits) {
    rmSync(dir, { recursive: true, force: true });
    cpSync(out, dir, { recursive: true });
    const file = storedFiles(dir).find(
      (path) => name.test(path) && /"rows": \[\n/.test(readFileSync(join(path, '..', 'result.json'), 'utf8')),
    )!;
    edit(file);
    const { manifest } = await readStoredRun(dir);
    assert.is(manifest.cells.lost?.length, 1, String(edit));
  }
});

test('a result that can’t be read for another reason is neither absent nor damaged', async () => {
  const store = new CellStore(join(scratch, 'unreadable'));
  mkdirSync(join(store.dir, 'k', 'result.json'), { recursive: true });
  let message = '';
  await store.verify('k').catch((error: Error) => (message = error.message));
  assert.match(message, /cannot read .*result\.json: it is a folder/);
  assert.ok(existsSync(join(store.dir, 'k')));
});

test('a run whose keys, or whose published files, lead out of their folder is refused, and nothing is touched', async () => {
  const stranger = join(scratch, 'stranger');
  const home = join(scratch, 'home');
  mkdirSync(join(home, 'docs'), { recursive: true });
  writeFileSync(join(home, 'docs', 'precious.txt'), 'my only copy');
  for (const key of ['../../../home/docs', '/etc', 'a/b', '..', 'C:docs', 'nul', '.hidden', 'a\\b']) {
    rmSync(stranger, { recursive: true, force: true });
    cpSync(out, stranger, { recursive: true });
    const file = join(stranger, 'run.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as { cellList: object[] };
    record.cellList.push({ id: 'evil', key, state: 'done', seconds: 1 });
    writeFileSync(file, JSON.stringify(record));
    for (const words of [
      ['merge', stranger, '--out', join(scratch, 'merged')],
      ['report', stranger],
    ]) {
      const { code, stderr } = await inProcess(...words);
      assert.is(code, 2, `${words[0]} ${key}: ${stderr}`);
      assert.match(stderr, 'as the key of a cell; allowed: a plain name');
    }
    assert.is(readFileSync(join(home, 'docs', 'precious.txt'), 'utf8'), 'my only copy');
  }
});

test('run.json with entries of another kind is refused with the entry', async () => {
  const dir = join(scratch, 'odd');
  for (const [entry, value] of [
    ['cells', 3],
    ['versions', { node: 20 }],
    ['seeds', 'none'],
    ['cellList', [{ id: 1, key: 'a', state: 'done' }]],
    ['machine', null],
    ['remarks', []],
  ] as const) {
    rmSync(dir, { recursive: true, force: true });
    cpSync(out, dir, { recursive: true });
    const file = join(dir, 'run.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), [entry]: value }));
    const { code, stderr } = await inProcess('report', dir);
    assert.is(code, 2, `${entry}: ${stderr}`);
    assert.match(stderr, new RegExp(`run\\.json is not the record of a run: ${entry}`));
  }
});

test.run();
