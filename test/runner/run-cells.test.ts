import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Row } from '../../src/contracts/metric.ts';
import type { RunRecord } from '../../src/runner/run-record.ts';
import { runCells } from '../../src/runner/run-cells.ts';
import { readStoredRun } from '../../src/runner/stored-run.ts';
import { rewriteResult } from './rewrite-result.ts';
import { madeUp, scratchFolder, tinyStudy } from './tiny-study.ts';

const test = suite('runner: cells of a study');

const fitters = [
  { use: madeUp('halfway') },
  { use: 'segmented', threshold: 200 },
  { use: madeUp('dawdling'), name: 'slow', ms: 20 },
];

const TIMES = new Set(['fit_us_per_voxel', 'calibration_us', 'prepare_s']);

/** Rows as text, without those of times. */
async function lasting(dir: string): Promise<string> {
  const { rows } = await readStoredRun(dir);
  return rows
    .filter(({ metric }) => !TIMES.has(metric))
    .map((row) => JSON.stringify(row))
    .join('\n');
}

const scratch = scratchFolder();
const first = join(scratch, 'first');

test('a run leaves a row for every statistic, parameter, noise level and fitter', async () => {
  const { tally, interrupted } = await runCells(await tinyStudy(scratch, fitters), {
    out: first,
    workers: 2,
    quiet: true,
  });
  assert.equal(tally.failures, []);
  assert.is(interrupted, null);
  // Per fitter a preparation, three fits and a timing; and the bound at three noise levels.
  assert.is(tally.count('done'), 3 * (1 + 3 + 1) + 3);

  const { rows, notes } = await readStoredRun(first);
  const of = (wanted: Partial<Row>) =>
    rows.filter((row) =>
      Object.entries(wanted).every(
        ([name, value]) => JSON.stringify(row[name as keyof Row]) === JSON.stringify(value),
      ),
    );
  for (const fitter of ['halfway', 'segmented', 'slow']) {
    for (const snr of [10, 20, 100]) {
      for (const parameter of ['D', 'f', 'Dp'] as const) {
        const found = of({ method: fitter, parameter, metric: 'rmse', factors: { snr } });
        assert.is(found.length, 1);
        assert.ok(found[0].ciLow <= found[0].value && found[0].value <= found[0].ciHigh);
        assert.is(found[0].n, 60);
      }
    }
    const [time] = of({ method: fitter, metric: 'fit_us_per_voxel' });
    assert.ok(time.ciLow <= time.value && time.value <= time.ciHigh);
    assert.equal(Object.keys(time.factors).sort(), ['backend', 'cpu', 'threads']);
    const prepared = of({ method: fitter, metric: 'prepare_s' });
    assert.is(prepared.length, 1);
    // Nothing ran beside the first; another worker was at work beside this one.
    assert.equal(prepared[0].factors, { ...time.factors, concurrent_cells: 1 });
  }
  assert.equal(
    of({ method: 'slow', metric: 'training_loss' }).map(({ factors, value }) => [factors.epoch, value]),
    [
      [1, 0.5],
      [2, 0.25],
    ],
  );
  assert.equal(
    notes.map(({ cell }) => cell),
    ['prepare slow'],
  );
});

test('run.json says what was run, on what, and what became of it', async () => {
  const { manifest } = await readStoredRun(first);
  assert.is((manifest as unknown as { status: string }).status, 'done');
  assert.equal(manifest.cells, { planned: 18, done: 18, failed: [] });
  assert.is(manifest.experiment, 'phantom');
  assert.is(manifest.workers, 2);
  assert.ok(manifest.machine.cpu && manifest.machine.cores > 0);
  assert.ok(manifest.versions['ivim-bench'] && manifest.versions.node);
  assert.match(manifest.configHash, /^[0-9a-f]{32}$/);
  assert.is(manifest.seeds.seed, 7);
  assert.is(manifest.seeds['data.seeds.parameters'], 133);
  assert.type(manifest.seeds['prepare slow'], 'number');
  assert.equal(manifest.engine, { name: 'Patience', reason: 'the only one there is' });
  assert.ok(Date.parse(manifest.started) <= Date.parse(manifest.ended!));
  const config = manifest.config as { fitters: { name: string; settings: object }[]; statistics: object };
  assert.equal(config.statistics, { resamples: 50 });
  assert.equal(config.fitters[2].settings, { ms: 20 });
  assert.not.match(JSON.stringify(manifest.config), /file:/);
});

test('one worker and fitters in another order: the same rows', async () => {
  const out = join(scratch, 'other');
  await runCells(await tinyStudy(scratch, fitters.toReversed()), { out, workers: 1, quiet: true });
  assert.is(await lasting(out), await lasting(first));
  assert.match(await lasting(out), /"rmse"/);
});

test('a run of what is stored does nothing again; with more to do, only that', async () => {
  const cells = async () => {
    const { manifest } = await readStoredRun(first);
    const { cellList } = manifest as unknown as { cellList: { id: string; key: string }[] };
    return new Map(
      cellList.map(({ id, key }) => [id, statSync(join(first, 'cells', key, 'result.json')).mtimeMs]),
    );
  };
  const before = await cells();
  const rerun = await runCells(await tinyStudy(scratch, fitters), { out: first, quiet: true, workers: 1 });
  assert.is(rerun.tally.reusedCount, 18);
  assert.equal(await cells(), before);

  const set = ['data.noise.snr=[100,20,10,5]'];
  const more = await runCells(await tinyStudy(scratch, fitters, set), {
    out: first,
    quiet: true,
    workers: 1,
  });
  assert.is(more.tally.count('done'), 22);
  // New are three fits, a bound, and the times, which are of a mix of all noise levels.
  assert.is(more.tally.reusedCount, 15);
  const after = await cells();
  for (const [id, written] of before) if (!id.startsWith('time')) assert.is(after.get(id), written);
});

test('cells of times are done again where another machine filled the store; of others the times are left out', async () => {
  const { manifest } = await readStoredRun(first);
  const { cellList } = manifest as unknown as RunRecord;
  const pretend = (id: string) => {
    const { key } = cellList.find((cell) => cell.id === id)!;
    const file = join(first, 'cells', key, 'result.json');
    rewriteResult(file, (cell) => ({ ...cell, writer: { ...cell.writer, machine: 'another' } }));
  };
  for (const id of ['time halfway', 'prepare slow', 'fit slow snr=10']) pretend(id);
  const before = await lasting(first);
  const set = ['data.noise.snr=[100,20,10,5]'];
  const { tally } = await runCells(await tinyStudy(scratch, fitters, set), {
    out: first,
    quiet: true,
    workers: 1,
  });
  assert.equal(
    tally.records.filter(({ reused }) => !reused).map(({ id }) => id),
    ['time halfway'],
  );
  assert.is(await lasting(first), before);
  const { rows } = await readStoredRun(first);
  const timed = (name: string) => rows.filter(({ metric }) => metric === name).map(({ method }) => method);
  assert.equal(timed('fit_us_per_voxel'), ['halfway', 'segmented', 'slow']);
  assert.equal(timed('prepare_s'), ['halfway', 'segmented']);
});

test('with --fresh everything is done again; with --only some fitters', async () => {
  const study = await tinyStudy(scratch, fitters);
  const { tally } = await runCells(study, {
    out: first,
    quiet: true,
    workers: 1,
    fresh: true,
    only: ['halfway'],
  });
  assert.is(tally.reusedCount, 0);
  assert.is(tally.count('done'), 5 + 3);
  assert.equal(
    [...new Set((await readStoredRun(first)).rows.map(({ method }) => method))],
    ['bound', 'halfway'],
  );
});

test('a fitter that fails takes along what needs it, and nothing else', async () => {
  const out = join(scratch, 'failing');
  const stumbling = (at: string) => ({ use: madeUp('stumbling'), name: `stumbles in ${at}`, at });
  const study = await tinyStudy(scratch, [
    stumbling('prepare'),
    { use: madeUp('halfway') },
    stumbling('fit'),
    stumbling('exit'),
  ]);
  const { tally, journal } = await runCells(study, { out, workers: 2, quiet: true });
  const messages = new Map(tally.failures.map(({ id, message }) => [id, message]));
  assert.is(messages.get('prepare stumbles in prepare'), 'stumbled over the prior');
  assert.is(
    messages.get('fit stumbles in prepare snr=20'),
    'needs prepare stumbles in prepare, which failed: stumbled over the prior',
  );
  const passedOn = tally.failures.filter((failure) => failure.passedOn).map(({ message }) => message);
  assert.ok(passedOn.length > 0 && passedOn.every((message) => message.startsWith('needs ')));
  assert.match(messages.get('time stumbles in prepare')!, /^needs prepare stumbles in prepare/);
  assert.is(messages.get('fit stumbles in fit snr=100'), 'stumbled over a voxel');
  assert.match(messages.get('fit stumbles in exit snr=10')!, /worker/);
  const done = tally.records.filter(({ id, state }) => state === 'done' && id.includes('halfway'));
  assert.is(done.length, 5);
  assert.is(journal.record.status, 'failed');
  // Stacks name places on the machine: they are told where they are asked for, and not written.
  assert.ok(tally.failures.some(({ stack }) => stack?.includes('\n    at ')));
  const { failed } = (await readStoredRun(out)).manifest.cells;
  assert.equal([...new Set(failed.flatMap((failure) => Object.keys(failure)))].sort(), ['id', 'message']);
  const { rows } = await readStoredRun(out);
  assert.equal(
    rows.filter(({ metric, method: fitter }) => metric === 'rmse' && fitter !== 'halfway'),
    [],
  );
});

test('wrong folders and wrong names are told before anything is done', async () => {
  const study = await tinyStudy(scratch, fitters);
  const refused = async (options: { out: string; only?: string[] }, pattern: RegExp) => {
    let error: Error | undefined;
    await runCells(study, { quiet: true, ...options }).catch((caught: Error) => (error = caught));
    assert.is(error?.name, 'InputError');
    assert.match(error!.message, pattern);
  };
  writeFileSync(join(scratch, 'a-file'), '');
  await refused({ out: join(scratch, 'a-file') }, /cannot write to .*a-file/);
  await refused({ out: '/proc/nowhere' }, /cannot write to \/proc\/nowhere/);
  await refused(
    { out: join(scratch, 'never'), only: ['halfwy'] },
    /no fitter is called halfwy; .* has halfway, segmented, slow; did you mean halfway\?/,
  );
  let error: Error | undefined;
  await readStoredRun(join(scratch, 'never')).catch((caught: Error) => (error = caught));
  assert.is(error?.name, 'InputError');
});

test('a fitter that writes into its voxels fails, and the others get them as they were', async () => {
  const others = [
    { use: 'segmented', threshold: 200 },
    { use: 'dnn', epochs: 1 },
  ];
  const scribbling = ['signals', 'training'].map((into) => ({
    use: madeUp('scribbling'),
    name: `scribbles into ${into}`,
    into,
  }));
  const training = ['training={voxels: 256, noise: {sigma: {constant: 0.05}}}'];
  const options = { workers: 1, quiet: true };
  const [alone, beside] = [join(scratch, 'alone'), join(scratch, 'beside')];
  await runCells(await tinyStudy(scratch, others, training), { ...options, out: alone });
  const { tally } = await runCells(await tinyStudy(scratch, [...scribbling, ...others], training), {
    ...options,
    out: beside,
  });
  const caught = tally.failures.filter(({ message }) =>
    message.startsWith('the fitter wrote into the voxels'),
  );
  assert.equal(
    caught.map(({ id }) => id),
    [
      'prepare scribbles into training',
      ...[100, 20, 10].map((snr) => `fit scribbles into signals snr=${snr}`),
      'time scribbles into signals',
    ],
  );
  assert.ok(tally.failures.every(({ id }) => id.includes('scribbles')));
  const ofOthers = (rows: string) => rows.split('\n').filter((row) => !row.includes('scribbles'));
  assert.equal(ofOthers(await lasting(beside)), ofOthers(await lasting(alone)));
});

test.run();
