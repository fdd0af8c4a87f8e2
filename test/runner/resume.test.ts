import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunRecord } from '../../src/runner/run-record.ts';
import { madeUp, scratchFolder, tinyYaml } from './tiny-study.ts';

const test = suite('runner: stopping and going on');

const program = resolve(import.meta.dirname, '../../bin/ivim-bench.mjs');
const scratch = scratchFolder();
const config = join(scratch, 'tiny.yaml');
writeFileSync(
  config,
  tinyYaml([
    { use: madeUp('dawdling'), ms: 250 },
    { use: madeUp('halfway') },
    { use: 'segmented', threshold: 200 },
  ]),
);

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** Runs the study into `out`; `stop` is asked every few milliseconds for a signal to send. */
function run(out: string, stop: () => NodeJS.Signals | null = () => null): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(
      process.execPath,
      [program, 'run', config, '--out', out, '--workers', '2', '--allow-external'],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const watch = setInterval(() => {
      const signal = stop();
      if (signal) child.kill(signal);
      if (signal) clearInterval(watch);
    }, 5);
    child.on('close', (code, signal) => {
      clearInterval(watch);
      done({ code, signal, stderr });
    });
  });
}

/** When each stored cell was written, by key. */
function written(out: string): Map<string, number> {
  const cells = join(out, 'cells');
  if (!existsSync(cells)) return new Map();
  const keys = readdirSync(cells).filter((name) => !name.startsWith('.'));
  return new Map(keys.map((key) => [key, statSync(join(cells, key, 'result.json')).mtimeMs]));
}

/** The table of everything, without the lines of times. */
const metrics = (out: string): string =>
  readFileSync(join(out, 'tables', 'metrics.csv'), 'utf8')
    .split('\n')
    .filter((line) => !/fit_us_per_voxel|calibration_us|prepare_s/.test(line))
    .join('\n');

const record = (out: string): RunRecord =>
  JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as RunRecord;

const whole = join(scratch, 'whole');
const killed = join(scratch, 'killed');
const interrupted = join(scratch, 'interrupted');

test('killed in the middle and started again: nothing done twice, the same tables', async () => {
  const first = run(whole);
  const kill = await run(killed, () => (written(killed).size >= 5 ? 'SIGKILL' : null));
  assert.is(kill.signal, 'SIGKILL');
  const kept = written(killed);
  const { cells, status, ended } = record(killed);
  assert.ok(kept.size >= 5 && kept.size < cells.planned, `${kept.size} of ${cells.planned} cells were kept`);
  assert.is(status, 'running');
  assert.is(ended, null);

  const again = await run(killed);
  assert.is(again.code, 0, again.stderr);
  const after = written(killed);
  for (const [key, time] of kept) assert.is(after.get(key), time, `${key} was done twice`);
  assert.is(after.size, cells.planned);
  assert.is(record(killed).cellList.filter(({ reused }) => reused).length, kept.size);
  assert.equal(
    readdirSync(join(killed, 'cells')).filter((name) => name.startsWith('.')),
    [],
  );

  assert.is((await first).code, 0);
  assert.ok(metrics(whole).split('\n').length > 200);
  assert.is(metrics(killed), metrics(whole));
});

test('Ctrl-C keeps what is done, leaves nothing half-written and says how to go on', async () => {
  const stopped = await run(interrupted, () => (written(interrupted).size >= 4 ? 'SIGINT' : null));
  assert.is(stopped.code, 130, stopped.stderr);
  assert.match(
    stopped.stderr,
    /interrupted: \d+ of 18 cells are kept in .*; run the same command again to resume/,
  );
  assert.not.match(stopped.stderr, /failed|Error|\n\s+at /);
  const { status, cells } = record(interrupted);
  assert.is(status, 'interrupted');
  assert.is(cells.done, written(interrupted).size);
  assert.equal(cells.failed, []);
  assert.equal(
    readdirSync(join(interrupted, 'cells')).filter((name) => name.startsWith('.')),
    [],
  );
  assert.is(existsSync(join(interrupted, 'report.html')), false);
});

test.run();
