#!/usr/bin/env node
// A checkout runs its TypeScript as it is; an installed package runs what tsc made of it.
import { existsSync } from 'node:fs';

// `ivim-bench list fitters | head -1` closes the pipe before everything is written.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });
}

const source = new URL('../src/cli.ts', import.meta.url);
let cli = new URL('../dist/src/cli.js', import.meta.url);
if (existsSync(source)) {
  // Before tsx looks at every module: its look at zod's hundred files takes longer than loading them.
  await Promise.all([import('zod'), import('commander')]);
  const { register } = await import('tsx/esm/api');
  register();
  cli = source;
}
const { complain, main } = await import(cli.href);
process.on('uncaughtException', (error) => process.exit(complain(error)));
process.exitCode = await main(process.argv.slice(2));
