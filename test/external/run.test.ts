import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfig } from '../../src/config/load-config.ts';
import { commandWords } from '../../src/external/command-words.ts';
import { permitPrograms } from '../../src/external/permission.ts';
import { planCells } from '../../src/runner/plan-cells.ts';
import { runCells } from '../../src/runner/run-cells.ts';
import { selectFitters } from '../../src/runner/select-fitters.ts';
import { readStoredRun } from '../../src/runner/stored-run.ts';
import { inProcess, root } from '../commands/command-line.ts';
import { refused } from '../data/refused.ts';
import { madeUp, scratchFolder, tinyStudy, tinyYaml } from '../runner/tiny-study.ts';
import { temporaryFolder } from './temporary-folder.ts';

const test = suite('external: programs in a run');

const programs = join(root, 'test/fixtures/programs');
const scratch = scratchFolder();
temporaryFolder(test, scratch);

const slope = { name: 'slope', external: ['node', join(programs, 'slope.mjs')] };
const misbehave = (what: string, more: object = {}) => ({
  name: what,
  external: ['node', join(programs, 'misbehave.mjs'), what],
  ...more,
});

test('a program that fails leaves the others alone, and its reason in the record', async () => {
  const study = await tinyStudy(scratch, [
    misbehave('exit'),
    { use: madeUp('halfway') },
    slope,
    { name: 'missing', external: ['no-such-interpreter', 'fit.py'] },
  ]);
  const out = join(scratch, 'mixed');
  const { tally } = await runCells(study, { out, workers: 2, quiet: true, allowExternal: true });
  const failures = new Map(tally.failures.map(({ id, message }) => [id, message]));
  for (const snr of [100, 20, 10]) {
    assert.match(
      failures.get(`fit exit snr=${snr}`)!,
      /exited with code 3; end of its output: .*no module named ivim/,
    );
    assert.match(failures.get(`fit missing snr=${snr}`)!, /cannot start no-such-interpreter/);
  }
  assert.match(failures.get('time exit')!, /code 3/);
  assert.is(failures.size, 8);

  const { rows, manifest, notes } = await readStoredRun(out);
  assert.is(manifest.cells.failed.length, 8);
  const rmse = rows.filter(({ metric, parameter }) => metric === 'rmse' && parameter === 'D');
  assert.equal([...new Set(rmse.map(({ method }) => method))], ['halfway', 'slope']);
  const time = rows.find(
    ({ metric, method: fitter }) => metric === 'fit_us_per_voxel' && fitter === 'slope',
  )!;
  assert.is(time.n, 180, 'all there are: a call is slow');
  assert.is(time.factors['backend'], 'external program');
  assert.match(notes.find(({ cell }) => cell === 'prepare slope')!.notes[0], /times include starting/);
});

test('without --allow-external such a config is refused, in whatever way it says so; --only may leave programs out', async () => {
  const file = join(scratch, 'refused.yaml');
  writeFileSync(file, tinyYaml([slope, { use: 'segmented' }], 'title: x').replace('title: x\n', ''));
  const out = join(scratch, 'refused');
  const answer = await inProcess('run', file, '--out', out, '--quiet');
  assert.is(answer.code, 2);
  assert.match(answer.stderr, /refused.yaml: fitters: found slope \(node .*slope.mjs\)/);
  assert.match(answer.stderr, /may come from elsewhere.*--allow-external/);
  assert.not(existsSync(out));

  const set = await inProcess('run', file, '--out', out, '--quiet', '--set', 'allowExternal=true');
  assert.is(set.code, 2);
  assert.match(set.stderr, /unknown key allowExternal/);

  const study = await loadConfig(file);
  permitPrograms(selectFitters(study, ['segmented']), false);
  assert.throws(() => permitPrograms(study, false), /slope/);
});

test('validate starts nothing and says what a run would start', async () => {
  const file = join(scratch, 'validate.yaml');
  writeFileSync(file, tinyYaml([misbehave('hang', { settings: { pids: join(scratch, 'never') } })]));
  const answer = await inProcess('validate', file);
  assert.is(answer.code, 0, answer.stderr);
  assert.match(answer.stdout, /starts programs \(with --allow-external\): hang: node .*misbehave.mjs hang/);
  assert.not(existsSync(join(scratch, 'never')));
  assert.not.match(answer.stdout, 'not there');
  writeFileSync(
    file,
    tinyYaml([{ name: 'misspelt', external: ['python3', 'fti.py', '--tolerance', 1e-3, 'OGC'] }]),
  );
  assert.match((await inProcess('validate', file)).stdout, 'not there, if they are files: fti.py\n');
});

test('wrong entries are told with their place', async () => {
  const wrong = (entry: object, ...says: string[]) => refused(() => tinyStudy(scratch, [entry]), ...says);
  await wrong({ external: ['a'] }, 'fitters[0].name: missing');
  await wrong({ name: 'a', external: [] }, 'fitters[0].external: found []');
  await wrong(
    { name: 'a', external: 'python3 fit.py' },
    'fitters[0].external: found "python3 fit.py"; allowed: a list of one or more texts or numbers',
  );
  await wrong({ name: 'a', external: ['b'], timeout: 3 }, 'unknown key timeout', 'did you mean timeout_s?');
  await wrong({ name: 'a', external: ['b'], timeout_s: 0 }, 'timeout_s: found 0; allowed: a number above 0');
  await wrong({ name: 'a', external: ['b'], use: 'ls' }, 'unknown key use');
  await wrong({ name: 'a', external: ['b'], needs: ['truth'] }, 'needs', 'truth');
  await wrong({ name: 'a', external: ['b', ['c']] }, 'fitters[0].external[1]: found ["c"]');
  const { external } = (await tinyStudy(scratch, [{ name: 'a', external: ['b', '--iterations', 100] }]))
    .config.fitters![0];
  assert.equal(external, ['b', '--iterations', '100']);
});

test('keys: the command, its settings and what its files hold decide; where they lie does not', async () => {
  const keys = async (folder: string, change: (file: string) => void = () => {}, more: object = {}) => {
    const dir = join(scratch, folder);
    mkdirSync(dir, { recursive: true });
    for (const file of ['slope.mjs', 'npy.mjs']) copyFileSync(join(programs, file), join(dir, file));
    change(join(dir, 'slope.mjs'));
    const study = await tinyStudy(dir, [{ name: 'slope', external: ['node', 'slope.mjs'], ...more }]);
    return (await planCells(study)).map(({ key }) => key).join();
  };
  const here = await keys('here');
  assert.is(await keys('there'), here);
  assert.is.not(
    await keys('there', (file) => writeFileSync(file, `${readFileSync(file, 'utf8')}// changed\n`)),
    here,
  );
  assert.is.not(await keys('here', undefined, { external: ['node', 'slope.mjs', '--fast'] }), here);
  assert.is.not(await keys('here', undefined, { settings: { Dp: 0.03 } }), here);
});

test('files are looked for beside the config, then in the current folder; options and bare programs stay as they are', () => {
  const beside = join(scratch, 'here');
  const words = commandWords(
    ['node', 'slope.mjs', 'configs/phantom.yaml', '--file=slope.mjs', 'slope', 'nowhere/fit.py'],
    pathToFileURL(beside + '/'),
  );
  assert.equal(
    words.map(({ file }) => file),
    [
      undefined,
      join(beside, 'slope.mjs'),
      join(process.cwd(), 'configs/phantom.yaml'),
      undefined,
      undefined,
      undefined,
    ],
  );
});

test('the folder of a config is not part of its record', async () => {
  const study = await loadConfig(join(scratch, 'validate.yaml'));
  assert.match(study.config.fitters![0].module, /program\.ts\?beside=/);
  assert.equal(Object.keys(study.config.fitters![0].settings as object).sort(), [
    'external',
    'needs',
    'settings',
    'timeout_s',
    'timing_voxels',
  ]);
});

test.run();
