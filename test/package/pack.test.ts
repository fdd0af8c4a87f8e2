import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fitterNames } from '../../src/plugins/discover.ts';

const test = suite('the packed tarball');
const execute = promisify(execFile);

const root = resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'ivim-bench-pack-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** What a build and a pack are made from; elsewhere than in the checkout, whose own build others may be running. */
const PARTS = [
  ...['src', 'experiments', 'page', 'bin', 'scripts', 'build', 'configs', 'models', 'docs', 'examples'],
  ...['package.json', 'tsconfig.json', 'tsconfig.build.json', 'README.md', 'LICENSE'],
  ...['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'],
];
const checkout = join(scratch, 'checkout');
const installed = join(scratch, 'project', 'installed');
const tarball = join(scratch, 'packed.tgz');

/** The installed program, run from a folder that has nothing to do with it. */
async function program(...words: string[]): Promise<string> {
  const bin = join(installed, 'bin', 'ivim-bench.mjs');
  return (await execute(process.execPath, [bin, ...words], { cwd: scratch })).stdout;
}

test('packs, without sources, tests or anything of this machine', async () => {
  mkdirSync(checkout);
  for (const part of PARTS.filter((name) => existsSync(join(root, name)))) {
    cpSync(join(root, part), join(checkout, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
  // The script by itself, since `npm pack` runs the build of an installation after it, which makes all of it again.
  await execute('npm', ['run', 'prepack', '--silent'], { cwd: checkout });
  const packed = await execute('npm', ['pack', '--ignore-scripts', '--offline', '--json'], { cwd: checkout });
  const [{ filename, files }] = JSON.parse(packed.stdout) as [
    { filename: string; files: { path: string }[] },
  ];
  const folders = new Set(files.map(({ path }) => path.replace(/\/.*/, '')));
  assert.equal(
    [...folders].sort(),
    [
      ...['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'],
      ...['bin', 'build', 'configs', 'dist', 'docs', 'examples', 'models'],
    ].sort(),
  );
  mkdirSync(installed, { recursive: true });
  await execute('tar', ['xzf', join(checkout, filename), '--strip-components=1', '-C', installed]);
  symlinkSync(join(root, 'node_modules'), join(scratch, 'project', 'node_modules'));
  cpSync(join(checkout, filename), tarball);
  // Nothing of it may be found there by what is installed.
  rmSync(checkout, { recursive: true });
});

test('publint and are-the-types-wrong find nothing wrong with what is packed', async () => {
  for (const [tool, ...words] of [
    ['publint', '--strict'],
    ['attw', '--profile', 'esm-only', '--no-color'],
  ]) {
    // Both exit with 1 and print what is wrong.
    await execute(join(root, 'node_modules/.bin', tool), [tarball, ...words], { cwd: scratch });
  }
});

test('lists its fitters', async () => {
  const listed = JSON.parse(await program('list', 'fitters', '--json')) as { name: string }[];
  assert.equal(
    listed.map(({ name }) => name),
    fitterNames(),
  );
});

test('carries a study out with compiled code and kernels, to its report', async () => {
  const out = join(scratch, 'out');
  const few = ['data.voxels=20', 'training.voxels=512', 'fitters.dnn.epochs=2', 'statistics.resamples=20'];
  const told = await program(
    ...['run', join(installed, 'configs', 'smoke.yaml'), '--only', 'ls-global,dnn', '--out', out, '--quiet'],
    ...few.flatMap((setting) => ['--set', setting]),
  );
  assert.is(told, `${out}/report.html\n`);
  const metrics = readFileSync(join(out, 'tables', 'metrics.csv'), 'utf8');
  for (const fitter of ['ls-global', 'dnn']) assert.match(metrics, `phantom,${fitter},`);
  assert.match(metrics, 'WASM SIMD');
  assert.match(readFileSync(join(out, 'report.html'), 'utf8'), 'The phantom study, in seconds');
  assert.ok(existsSync(join(out, 'figures', 'rmse-against-snr.png')));
});

test('fits with the network that comes with it', async () => {
  const b = [0, 10, 20, 60, 150, 300, 500, 1000];
  const row = b.map((each) => 0.2 * Math.exp(-each * 0.05) + 0.8 * Math.exp(-each * 0.001));
  writeFileSync(join(scratch, 'in.csv'), `${b.map((each) => `b${each}`).join()}\n${row.join()}\n`);
  const out = join(scratch, 'out.csv');
  await program('fit', join(scratch, 'in.csv'), '--snr', '100', '--out', out, '--quiet');
  const [header, values] = readFileSync(out, 'utf8')
    .split('\n')
    .map((line) => line.split(','));
  const value = (name: string) => Number(values[header.indexOf(name)]);
  assert.ok(Math.abs(value('D') / 0.001 - 1) < 0.05, `${value('D')}`);
  assert.ok(value('f_low') < 0.2 && value('f_high') > 0.2 && value('Dp_sd') > 0);
});

test('serves an experiment of one’s own that fits with a fitter of the program', async () => {
  const project = join(scratch, 'own');
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  symlinkSync(installed, join(project, 'node_modules', 'ivim-bench'));
  symlinkSync(join(root, 'node_modules', 'zod'), join(project, 'node_modules', 'zod'));
  for (const name of ['fitter-experiment.ts', 'fitter-experiment.yaml'])
    cpSync(join(installed, 'examples', 'plugins', name), join(project, name));
  const out = join(project, 'out');
  const config = join(project, 'fitter-experiment.yaml');
  await program('run', config, '--out', out, '--workers', '1', '--quiet', '--allow-external');
  const [, ...lines] = readFileSync(join(out, 'tables', 'metrics.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  assert.is(lines.length, 3);
  for (const line of lines)
    assert.match(line, /^fitter-experiment,segmented,\d+,D,median,0\.00(09|1[01])\d+,/);
});

test('serves other programs', async () => {
  const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    exports: { '.': { types: string; default: string } };
  };
  const { types, default: module } = exports['.'];
  assert.ok(existsSync(join(installed, types)));
  const script = `import(${JSON.stringify(join(installed, module))}).then(({ fitterNames }) => console.log(fitterNames().join()))`;
  const { stdout } = await execute(process.execPath, ['-e', script], { cwd: scratch });
  assert.is(stdout, `${fitterNames().join()}\n`);
});

test.run();
