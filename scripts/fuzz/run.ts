/**
 * Damages files of every format that people are sent, and reads them: each is read or refused with a message, without a hang of
 * 5 s, more than 1 GiB of memory, or a file outside of the output folder. Prints the seed, with which a failure comes again.
 *
 *     npm run fuzz -- [--runs 20000] [--seed N] [FORMAT…]
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formats } from './formats.ts';

const LONGEST_SILENCE = 5_000;
/** Loading the program may take longer than any input. */
const LONGEST_START = 60_000;

const { values, positionals } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in formats));
if (unknown.length > 0) {
  process.stderr.write(`no format ${unknown.join(', ')}; there are ${Object.keys(formats).join(', ')}\n`);
  process.exit(2);
}
const queue = positionals.length > 0 ? positionals : Object.keys(formats);
let failed = 0;
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift())
      if (!(await fuzz(name))) failed++;
  }),
);
process.stdout.write(failed === 0 ? 'every input was read or refused\n' : `${failed} formats failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** @returns whether all inputs of a format were read or refused in time */
function fuzz(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, 'fuzz-format.ts'), name, values.runs, values.seed],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let output = '';
    let last = '0';
    let watch = setTimeout(hung, LONGEST_START);
    function hung(): void {
      process.stdout.write(`${name}: FAILED, seed ${values.seed}: hangs after input ${last}\n`);
      child.kill('SIGKILL');
    }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      clearTimeout(watch);
      watch = setTimeout(hung, LONGEST_SILENCE);
      last = /(\d+)\n$/.exec(text)?.[1] ?? last;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('close', (code) => {
      clearTimeout(watch);
      process.stdout.write(output.replace(/^\d+\n/gm, ''));
      resolve(code === 0);
    });
  });
}
