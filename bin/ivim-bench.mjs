#!/usr/bin/env node
// An installed package runs what tsc made of it, and so does a checkout built from the sources it has now; else a
// checkout runs its TypeScript as it is.
import { existsSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { sourcesHash } from './sources-hash.mjs';

// `ivim-bench list fitters | head -1` closes the pipe before everything is written. What is left to do is still done,
// and its exit code is still the program's.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// Garbage is collected once the memory in use has grown by 60 %. By default V8 waits longer: the report of a run of 20,000 cells takes 960 MiB
// by default and 660 MiB with this, in the same time.
setFlagsFromString('--heap-growing-percent=60');

const root = new URL('../', import.meta.url);
const sources = sourcesHash(root);
const stamp = new URL('dist/built', root);
let cli = new URL('dist/src/cli.js', root);
if (sources !== null && !(existsSync(stamp) && readFileSync(stamp, 'utf8') === sources)) {
  // Before tsx looks at every module: its look at zod's hundred files takes longer than loading them.
  await Promise.all([import('zod'), import('commander')]);
  const { register } = await import('tsx/esm/api');
  register();
  cli = new URL('src/cli.ts', root);
}
const { complain, main } = await import(cli.href);
process.on('uncaughtException', (error) => process.exit(complain(error)));
const code = await main(process.argv.slice(2));
// An interrupted program does not wait for what may still be open.
if (code > 128) process.exit(code);
process.exitCode = code;
