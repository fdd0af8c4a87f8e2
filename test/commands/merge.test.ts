import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { writeOutputs } from '../../src/commands/write-outputs.ts';
import { runCells } from '../../src/runner/run-cells.ts';
import type { RunRecord } from '../../src/runner/run-record.ts';
import { rewriteResult } from '../runner/rewrite-result.ts';
import { madeUp, scratchFolder, tinyStudy } from '../runner/tiny-study.ts';
import { inProcess } from './command-line.ts';

const test = suite('run --shard, merge');

const scratch = scratchFolder();
const fitters = [{ use: madeUp('halfway') }, { use: madeUp('dawdling'), name: 'slow', ms: 5 }];
const study = await tinyStudy(scratch, fitters);
const config = join(scratch, 'tiny.yaml');
const shards = [1, 2, 3].map((index) => join(scratch, `shard-${index}`));
const whole = join(scratch, 'whole');
const merged = join(scratch, 'merged');

/** Two fitters with a preparation, three fits and a timing each, and the bound at three noise levels. */
const CELLS = 13;

const record = (dir: string): RunRecord =>
  JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')) as RunRecord;
/** The table of everything but what times say. */
const metrics = (dir: string): string =>
  readFileSync(join(dir, 'tables', 'metrics.csv'), 'utf8')
    .split('\n')
    .filter((line) => !/fit_us_per_voxel|calibration_us|prepare_s/.test(line))
    .join('\n');

test('three shards, merged, give the tables of one run', async () => {
  const first = await inProcess(
    'run',
    config,
    '--allow-external',
    '--shard',
    '1/3',
    '--out',
    shards[0],
    '--workers',
    '1',
    '-q',
  );
  assert.is(first.code, 0, first.stderr);
  assert.ok(existsSync(join(shards[0], 'tables', 'metrics.csv')));
  for (const index of [2, 3]) {
    await runCells(study, { out: shards[index - 1], workers: 1, quiet: true, shard: { index, of: 3 } });
  }
  await runCells(study, { out: whole, workers: 1, quiet: true });
  assert.is((await writeOutputs(whole)).problem, null);

  const answer = await inProcess('merge', ...shards, '--out', merged);
  assert.is(answer.code, 0, answer.stderr);
  assert.is(answer.stdout, `${merged}/report.html\n`);
  assert.is(answer.stderr, '');
  assert.ok(metrics(whole).split('\n').length > 100);
  assert.is(metrics(merged), metrics(whole));
  assert.ok(readFileSync(join(merged, 'report.html'), 'utf8').includes('A study of a moment'));

  const { status, cells, seeds, merged: parts, shard } = record(merged);
  assert.is(status, 'done');
  assert.equal(cells, { planned: CELLS, done: CELLS, failed: [] });
  assert.equal(seeds, record(whole).seeds);
  assert.is(shard, undefined);
  assert.equal(
    parts!.map((part) => part.shard),
    [1, 2, 3].map((index) => ({ index, of: 3, planned: CELLS, plan: record(shards[0]).shard!.plan })),
  );
  assert.ok(shards.every((dir) => record(dir).cells.planned < CELLS));
});

test('what a merged folder holds is not done again, but for times', async () => {
  const { tally } = await runCells(study, { out: merged, workers: 1, quiet: true });
  assert.equal(
    tally.records.filter(({ reused }) => !reused).map(({ id }) => id),
    ['time halfway', 'time slow'],
  );
});

test('times come from the folder that timed the fit, with the preparation that belongs to them', async () => {
  const copies = ['a', 'b'].map((name) => join(scratch, name));
  for (const dir of copies) cpSync(whole, dir, { recursive: true });
  const cellList = record(whole).cellList;
  const key = (id: string) => cellList.find((cell) => cell.id === id)!.key;
  // The first folder has no time of `slow`, whose preparation another processor did there.
  const first = record(copies[0]);
  const left = first.cellList.filter(({ id }) => id !== 'time slow');
  writeFileSync(join(copies[0], 'run.json'), JSON.stringify({ ...first, cellList: left }));
  const file = join(copies[0], 'cells', key('prepare slow'), 'result.json');
  const before = readFileSync(file, 'utf8');
  rewriteResult(file, (cell) => ({
    ...cell,
    rows: cell.rows.map((row) =>
      row.factors.cpu === undefined ? row : { ...row, factors: { ...row.factors, cpu: 'Another' } },
    ),
  }));
  assert.is.not(readFileSync(file, 'utf8'), before);
  const out = join(scratch, 'timed');
  assert.is((await inProcess('merge', ...copies, '--out', out)).code, 0);
  assert.not.match(readFileSync(join(out, 'tables', 'timing.csv'), 'utf8'), 'Another');
});

test('a shard that is not there is named, and the rest written', async () => {
  const out = join(scratch, 'two');
  const { code, stderr } = await inProcess('merge', shards[0], shards[2], '--out', out);
  assert.is(code, 1);
  assert.match(stderr, /^failed: \d+ of 13 cells are in none of these folders \(not given: shard 2\/3\)\n$/);
  assert.ok(existsSync(join(out, 'report.html')));
  assert.match(readFileSync(join(out, 'report.html'), 'utf8'), 'This run is incomplete');
});

test('more shards than cells: some have nothing to do, and that is no failure', async () => {
  const out = join(scratch, 'empty');
  const { code, stderr } = await inProcess(
    'run',
    '--allow-external',
    config,
    '--shard',
    `${CELLS + 1}/${CELLS + 1}`,
    '--out',
    out,
    '-q',
  );
  assert.is(code, 0, stderr);
  assert.is(record(out).cells.planned, 0);
});

test('runs of different configs, no runs and wrong shards are refused before anything is written', async () => {
  const out = join(scratch, 'never');
  const refuse = async (words: string[], ...says: string[]) => {
    const { code, stderr, stdout } = await inProcess(...words);
    assert.is(code, 2, stderr);
    assert.is(stdout, '');
    assert.match(stderr, /^error: [^\n]+\n$/);
    for (const word of says) assert.ok(stderr.includes(word), `expected ${word} in: ${stderr}`);
    assert.not(existsSync(out));
  };
  const other = join(scratch, 'other');
  await runCells(study, { out: other, workers: 1, quiet: true, only: ['halfway'] });
  await refuse(['merge', shards[0], other, '--out', out], other, 'another config', shards[0]);
  const code = join(scratch, 'code');
  cpSync(other, code, { recursive: true });
  const changed = record(code);
  const cellList = changed.cellList.map((cell) => ({ ...cell, key: cell.key.replace(/^./, 'x') }));
  writeFileSync(join(code, 'run.json'), JSON.stringify({ ...changed, cellList }));
  await refuse(['merge', other, code, '--out', out], code, 'prepare halfway', 'other code');
  await refuse(['merge', shards[0], join(scratch, 'nowhere'), '--out', out], 'nowhere', 'holds no run');
  await refuse(['merge', shards[0]], '--out');
  await refuse(['merge', '--out', out], 'folders');
  writeFileSync(join(scratch, 'file'), '');
  await refuse(['merge', shards[0], '--out', join(scratch, 'file')], 'cannot write to');
  for (const word of ['0/3', '4/3', '1', '1/0', 'a/b', '1/3/3', '-1/3']) {
    await refuse(['run', config, '--out', out, '--shard', word], '--shard', '1/4');
  }
});

test.run();
