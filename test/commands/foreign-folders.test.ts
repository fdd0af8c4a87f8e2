import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tablesOf } from '../../scripts/fault/study.ts';
import { runCells } from '../../src/runner/run-cells.ts';
import { madeUp, scratchFolder, tinyStudy, tinyYaml } from '../runner/tiny-study.ts';
import { inProcess } from './command-line.ts';

/** Folders and configs from strangers: nothing of them is run, and nothing outside the output folder is written. */
const test = suite('folders from strangers');

const scratch = scratchFolder();
const path = (...parts: string[]) => join(scratch, ...parts);
const scan = resolve(import.meta.dirname, '../fixtures/small_101D.nii.gz');
const study = await tinyStudy(scratch, [{ use: madeUp('planted'), name: 'planted' }]);
await runCells(study, { out: path('run'), workers: 1, quiet: true });
assert.is((await inProcess('report', path('run'))).code, 0);

/** A copy of the run that may be spoilt. */
const copyOf = (name: string): string => {
  cpSync(path('run'), path(name), { recursive: true });
  return path(name);
};
const refused = async (why: RegExp, ...words: string[]) => {
  const { code, stderr } = await inProcess(...words);
  assert.match(stderr, why);
  assert.is(code, 2, stderr);
};
const cellsOf = (dir: string): string[] =>
  readdirSync(join(dir, 'cells')).filter((name) => existsSync(join(dir, 'cells', name, 'result.json')));
/** A module that leaves a file when it is run. */
const trap = path('trap.mjs');
writeFileSync(
  trap,
  `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(path('SPRUNG'))}, '');\n`,
);
const makePipe = (file: string) => execFileSync('sh', ['-c', 'mkfifo "$0"', file]);
const notSprung = () => assert.not(existsSync(path('SPRUNG')));

test('the manifest of a saved network names a fitter, and no file to run', async () => {
  mkdirSync(path('net'));
  for (const fitter of [trap, './trap.mjs', '../trap.mjs', `file://${trap}`]) {
    writeFileSync(path('net', 'manifest.json'), JSON.stringify({ fitter }));
    await refused(
      /manifest\.json: fitter: found ".*not run/,
      'fit',
      scan,
      '--model',
      path('net'),
      '--out',
      path('o'),
    );
  }
  notSprung();
});

test('the record of a run names an experiment, and no file to run', async () => {
  const dir = copyOf('other-experiment');
  const record = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')) as object;
  writeFileSync(join(dir, 'run.json'), JSON.stringify({ ...record, experiment: trap }));
  await refused(/run\.json: experiment: found ".*not run/, 'compare', path('run'), dir);
  notSprung();
});

test('names of fitters and protocols are no paths: train and simulate write below their folder', async () => {
  const text = tinyYaml(
    [{ use: 'dnn', name: '../../victim', epochs: 1 }],
    'training: { voxels: 256, noise: { sigma: { constant: 20 } } }',
  );
  writeFileSync(path('train.yaml'), text);
  writeFileSync(
    path('simulate.yaml'),
    tinyYaml(['x', 'y'].map((name) => ({ use: 'segmented', name }))).replace(
      'protocol: barbieri-2020',
      `protocols: ${JSON.stringify(['../../victim', 'b'].map((name) => ({ name, source: 'x', bValues: [0, 10, 100, 500] })))}`,
    ),
  );
  for (const command of ['train', 'simulate']) {
    const out = path('below', command, 'out');
    const { code, stderr } = await inProcess(command, path(`${command}.yaml`), '--out', out);
    assert.is(code, 0, stderr);
    assert.equal(readdirSync(path('below', command)), ['out']);
    assert.ok(readdirSync(out).some((name) => /victim-[0-9a-f]{6}$/.test(name)));
  }
  assert.not(readdirSync(scratch).includes('victim'));
});

test('nothing is written through a link in a run’s folder', async () => {
  for (const folder of ['tables', 'figures']) {
    const dir = copyOf(`linked-${folder}`);
    rmSync(join(dir, folder), { recursive: true });
    mkdirSync(path(`own-${folder}`));
    symlinkSync(path(`own-${folder}`), join(dir, folder));
    const { code, stderr } = await inProcess('report', dir);
    assert.match(stderr, new RegExp(`cannot write to .*${folder}: it is a symbolic link`));
    assert.is.not(code, 0);
    assert.equal(readdirSync(path(`own-${folder}`)), []);
  }
  const dir = copyOf('linked-cells');
  cpSync(join(dir, 'cells'), path('own-cells'), { recursive: true });
  rmSync(join(dir, 'cells'), { recursive: true });
  symlinkSync(path('own-cells'), join(dir, 'cells'));
  await refused(
    /cells: it is a symbolic link/,
    'run',
    path('tiny.yaml'),
    '--out',
    dir,
    '--allow-external',
    '--quiet',
  );
});

test('damaged estimates are not compared', async () => {
  const dir = copyOf('changed');
  for (const cell of readdirSync(join(dir, 'cells'))) {
    const file = join(dir, 'cells', cell, 'estimates.npy');
    if (!existsSync(file)) continue;
    const bytes = readFileSync(file);
    bytes[bytes.length - 9] ^= 1;
    writeFileSync(file, bytes);
  }
  await refused(/estimates\.npy differs from its digest/, 'compare', path('run'), dir);
});

test('a pipe or a link in place of a stored file is damage, and nobody waits for it', async () => {
  for (const kind of ['pipe', 'link']) {
    const dir = copyOf(kind);
    const [cell] = readdirSync(join(dir, 'cells')).filter((name) =>
      existsSync(join(dir, 'cells', name, 'result.json')),
    );
    const file = join(dir, 'cells', cell, 'result.json');
    rmSync(file);
    if (kind === 'pipe') makePipe(file);
    else symlinkSync('/dev/zero', file);
    const { stderr } = await inProcess('report', dir);
    assert.match(stderr, /can't be read/);
  }
  const dir = copyOf('piped-record');
  rmSync(join(dir, 'run.json'));
  makePipe(join(dir, 'run.json'));
  await refused(/run\.json: it is a pipe/, 'report', dir);
});

const resumed = (dir: string) =>
  inProcess('run', path('tiny.yaml'), '--out', dir, '--workers', '1', '--quiet', '--allow-external');

test('a run is resumed in a folder of pipes, links and huge files: nobody waits, nothing else is written, the tables are the same', async () => {
  const dir = copyOf('resumed');
  assert.is((await resumed(dir)).code, 0);
  const tables = tablesOf(dir);
  writeFileSync(path('mine'), 'my only copy');
  const replaced = (file: string, put: (file: string) => void) => {
    rmSync(join(dir, file), { recursive: true, force: true });
    put(join(dir, file));
  };
  const fits = cellsOf(dir).filter((cell) => existsSync(join(dir, 'cells', cell, 'estimates.npy')));
  const [linked, nowhere, huge] = fits.slice(-3).map((cell) => join('cells', cell));
  cpSync(join(dir, linked), path('elsewhere'), { recursive: true });
  for (const file of ['outputs.json', 'plan.json', 'cells/published.json']) replaced(file, makePipe);
  for (const file of ['report.html', 'tables/metrics.csv', 'run.json'])
    replaced(file, (link) => symlinkSync(path('mine'), link));
  replaced(linked, (link) => symlinkSync(path('elsewhere'), link));
  replaced(nowhere, (link) => symlinkSync(path('not-there'), link));
  replaced(join(huge, 'result.json'), (file) => writeFileSync(file, ''));
  truncateSync(join(dir, huge, 'result.json'), 3 * 2 ** 30);
  mkdirSync(join(dir, 'cells', '.running'));
  makePipe(join(dir, 'cells', '.running', `${hostname()}_${process.ppid}`));
  const { code, stderr } = await resumed(dir);
  assert.is(code, 0, stderr);
  for (const why of ['its folder is a link', 'result.json is larger than any file of a cell'])
    assert.match(stderr, `its stored result is damaged (${why})`);
  assert.is([...stderr.matchAll(/its stored result is damaged/g)].length, 3, stderr);
  assert.is(tablesOf(dir), tables);
  assert.is(readFileSync(path('mine'), 'utf8'), 'my only copy');
  assert.ok(existsSync(path('elsewhere', 'result.json')));
});

test('a mark of running is not written through a link', async () => {
  const dir = copyOf('marked');
  mkdirSync(path('victim'));
  symlinkSync(path('victim'), join(dir, 'cells', '.running'));
  await refused(
    /cells\/\.running: it is a symbolic link/,
    'run',
    path('tiny.yaml'),
    '--out',
    dir,
    '--allow-external',
  );
  assert.equal(readdirSync(path('victim')), []);
});

test('links in a stored cell are not merged, nor is a cell that is a link', async () => {
  const dir = copyOf('with-links');
  const [first, second, third] = cellsOf(dir);
  writeFileSync(path('secret'), 'TOPSECRET');
  symlinkSync(path('secret'), join(dir, 'cells', first, 'extra.txt'));
  const file = join(dir, 'cells', second, 'result.json');
  cpSync(file, path('same-result.json'));
  rmSync(file);
  symlinkSync(path('same-result.json'), file);
  cpSync(join(dir, 'cells', third), path('same-cell'), { recursive: true });
  rmSync(join(dir, 'cells', third), { recursive: true });
  symlinkSync(path('same-cell'), join(dir, 'cells', third));
  const { code, stderr } = await inProcess('merge', dir, '--out', path('merged'));
  assert.is(code, 1, stderr);
  assert.match(stderr, /damaged \(result\.json is not a regular file\) and was not merged/);
  assert.match(stderr, /damaged \(its folder is a link\) and was not merged/);
  assert.match(stderr, /failed: 2 of \d+ cells are in none of these folders/);
  assert.equal(readdirSync(path('merged', 'cells', first)).includes('extra.txt'), false);
  const entries = readdirSync(path('merged'), { recursive: true, withFileTypes: true });
  assert.equal(
    entries.filter((entry) => entry.isSymbolicLink()),
    [],
  );
});

test.run();
