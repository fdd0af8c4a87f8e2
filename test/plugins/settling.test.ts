import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';
import { settling } from '../../src/plugins/settling.ts';

const test = suite('promises of plug-ins');
/** Milliseconds: far less than the program waits. */
const PATIENCE = 300;

test('a promise that nothing can settle is an error', async () => {
  const error = await settling('the fitter', new Promise(() => {}), PATIENCE).catch((e: unknown) => e);
  assert.instance(error, InputError);
  assert.match((error as Error).message, /^the fitter returned a promise that never settles/);
});

test('values and errors come through', async () => {
  assert.is(await settling('the fitter', 3), 3);
  assert.is(await settling('the fitter', Promise.resolve(4)), 4);
  const failure = new Error('of the plug-in');
  assert.is(await settling('the fitter', Promise.reject(failure)).catch((e: unknown) => e), failure);
});

test('what takes several times as long is awaited: a timer, a program, another thread, a file, steady work', async () => {
  const long = 4 * PATIENCE;
  const timer = () => new Promise((resolve) => setTimeout(resolve, long));
  const program = () => once(spawn('sleep', [String(long / 1000)]), 'close');
  const thread = () =>
    once(
      new Worker(`setTimeout(() => require('node:worker_threads').parentPort.postMessage(1), ${long})`, {
        eval: true,
      }),
      'message',
    );
  const work = async () => {
    const end = performance.now() + long;
    while (performance.now() < end) await readFile(import.meta.filename);
  };
  for (const each of [timer, program, thread, work]) await settling('the fitter', each(), PATIENCE);
});

test.run();
