/**
 * Runs test files one after another in one process, which loads the program once for all of them. Each file's output stands
 * between two marks, so that test/run.ts can judge every file by its own count.
 *
 *     node --import tsx test/batch.ts FILE…
 */
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { CHANGED, endMark, startMark } from './batch-marks.ts';

/** What uvu keeps on the global object: with `UVU_DEFER` suites wait in the queue until `exec` is called. */
const uvu = globalThis as typeof globalThis & {
  UVU_DEFER?: number;
  UVU_INDEX?: number;
  UVU_QUEUE?: unknown[][];
};
uvu.UVU_DEFER = 1;
uvu.UVU_INDEX = 0;
uvu.UVU_QUEUE = [];
const { exec } = await import('uvu');

for (const file of process.argv.slice(2)) {
  process.stdout.write(startMark(file));
  const began = performance.now();
  const before = surroundings();
  uvu.UVU_QUEUE.splice(0, Infinity, [null]);
  process.exitCode = 0;
  await import(pathToFileURL(resolve(file)).href);
  await exec();
  const code = Number(process.exitCode);
  const changed = changedNames(before);
  if (changed.length > 0) process.stdout.write(`\n${CHANGED}: ${changed.join(', ')}\n`);
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(endMark({ file, code: changed.length === 0 ? code : 1, seconds }));
}

/** What a file could leave changed for the next one: the working folder and the environment, but for the settings of TensorFlow. */
function surroundings(): ReadonlyMap<string, string | undefined> {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('TF_'));
  return new Map([['the working folder', process.cwd()], ...environment]);
}

/** Names of what is no longer as it was: values may be nobody's business. */
function changedNames(before: ReturnType<typeof surroundings>): string[] {
  const after = surroundings();
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
}
