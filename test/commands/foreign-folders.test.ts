import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
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

test.run();
