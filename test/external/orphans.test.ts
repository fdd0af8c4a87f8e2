import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { program as ivimBench, root } from '../commands/command-line.ts';
import { scratchFolder, tinyYaml } from '../runner/tiny-study.ts';
import { notedPids, runs, until } from './gone.ts';

const test = suite('external: no orphans');

const misbehave = join(root, 'test/fixtures/programs/misbehave.mjs');
const scratch = scratchFolder();

/** Starts a run of a program that hangs, in a process of its own, and waits until both workers are at it. */
async function hanging(name: string) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const pids = join(folder, 'pids');
  const file = join(folder, 'hang.yaml');
  const external = ['node', misbehave, 'hangWithChild'];
  writeFileSync(file, tinyYaml([{ name: 'hang', external, settings: { pids } }]));
  const run = spawn(
    process.execPath,
    [ivimBench, 'run', file, '--out', join(folder, 'out'), '--workers', '2', '--quiet', '--allow-external'],
    { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, TMPDIR: folder } },
  );
  let said = '';
  run.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | null>((resolve) => run.on('close', resolve));
  assert.ok(await until(() => notedPids(pids).length >= 4, 60), `two programs with a child each: ${said}`);
  return {
    run,
    ended,
    said: () => said,
    anyRuns: () => notedPids(pids).some(runs),
    requests: () => readdirSync(folder).filter((found) => found.startsWith('ivim-bench-request-')),
  };
}

test('Ctrl-C, or an outright kill of the run, ends the programs of all workers and removes their folders', async () => {
  const [interrupted, killed] = await Promise.all([hanging('interrupted'), hanging('killed')]);
  assert.ok(interrupted.anyRuns() && killed.anyRuns());
  interrupted.run.kill('SIGINT');
  killed.run.kill('SIGKILL');
  assert.is(await interrupted.ended, 130);
  // What no program has a part in: the preparation, and the bound at up to three noise levels.
  assert.match(interrupted.said(), /interrupted: [1-4] of 8 cells are kept/);
  await killed.ended;
  for (const { anyRuns, requests } of [interrupted, killed]) {
    assert.ok(await until(() => !anyRuns(), 20), 'a program runs on');
    assert.ok(await until(() => requests().length === 0, 20), 'a request folder is left');
  }
});

test.run();
