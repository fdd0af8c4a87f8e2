#!/usr/bin/env node
// An installed package runs what tsc made of it, and so does a checkout whose sources are no newer; else a checkout
// runs its TypeScript as it is.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// `ivim-bench list fitters | head -1` closes the pipe before everything is written.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });
}

const root = fileURLToPath(new URL('..', import.meta.url));
let cli = new URL('../dist/src/cli.js', import.meta.url);
if (!builtFromTheseSources()) {
  // Before tsx looks at every module: its look at zod's hundred files takes longer than loading them.
  await Promise.all([import('zod'), import('commander')]);
  const { register } = await import('tsx/esm/api');
  register();
  cli = new URL('../src/cli.ts', import.meta.url);
}
const { main } = await import(cli.href);
process.exitCode = await main(process.argv.slice(2));

function builtFromTheseSources() {
  if (!existsSync(`${root}src`)) return true;
  if (!existsSync(`${root}dist/built`)) return false;
  const built = statSync(`${root}dist/built`).mtimeMs;
  return ['src', 'experiments'].every((folder) => !holdsNewer(`${root}${folder}`, built));
}

/** A folder is newer too where a file was added to it or taken from it. */
function holdsNewer(folder, built) {
  if (statSync(folder).mtimeMs > built) return true;
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? holdsNewer(path, built) : statSync(path).mtimeMs > built;
  });
}
