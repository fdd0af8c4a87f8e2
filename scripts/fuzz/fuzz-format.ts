/**
 * Reads damaged files of one format through the library, and some through the command line, and prints a line after every
 * hundred, so that run.ts notices a hang. Ends with 1 at the first input that neither is read nor refused with a message.
 *
 *     node --import tsx scripts/fuzz/fuzz-format.ts FORMAT RUNS SEED
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { inProcess } from '../../test/commands/command-line.ts';
import { damaged } from './damage.ts';
import { COMPANIONS, formats, OUTPUT } from './formats.ts';
import { readerOf } from './read-or-refuse.ts';

/** One input in so many goes through the command line too, which takes longer. */
const TYPED_EVERY = 400;
const LARGEST_MEMORY = 2 ** 30;

const [name, runs, seed] = process.argv.slice(2);
const format = formats[name];
const scratch = mkdtempSync(join(tmpdir(), 'ivim-bench-fuzz-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const folder = join(scratch, 'input');
const { path, readOrRefuse } = readerOf(format, folder);
const allowed = new Set([...Object.keys(COMPANIONS), format.fileName, OUTPUT]);

const examples = await format.examples();
for (const example of examples) {
  if ((await readOrRefuse(example)) === 'refused')
    throw new Error(`${name}: an undamaged example is refused`);
}
const counts = { inputs: 0, read: 0, refused: 0, typed: 0 };
const outcome = await fc.check(
  fc.asyncProperty(damaged(examples), async (bytes) => {
    counts[await readOrRefuse(bytes)]++;
    if (format.words && counts.inputs % TYPED_EVERY === 0) await type(format.words(path));
    if (++counts.inputs % 100 === 0) process.stdout.write(`${counts.inputs}\n`);
  }),
  { numRuns: Number(runs), seed: Number(seed) },
);
const memory = process.resourceUsage().maxRSS * 1024;
const { inputs, read, refused, typed } = counts;
process.stdout.write(
  `${name}: seed ${seed}, ${inputs} inputs, ${read} read, ${refused} refused, ${typed} typed, ${(memory / 2 ** 20).toFixed(0)} MiB\n`,
);
if (outcome.failed) {
  const [input] = outcome.counterexample ?? [new Uint8Array()];
  process.stdout.write(
    `${name}: FAILED, seed ${seed}, path ${outcome.counterexamplePath}: ${String(outcome.errorInstance)}\n` +
      `input (base64): ${Buffer.from(input).toString('base64').slice(0, 4000)}\n`,
  );
}
if (memory > LARGEST_MEMORY) process.stdout.write(`${name}: FAILED, more than 1 GiB of memory\n`);
process.exit(outcome.failed || memory > LARGEST_MEMORY ? 1 : 0);

/** Exit code 0 or 2, nothing that controls a terminal, and no file but below the output folder. */
async function type(words: readonly string[]): Promise<void> {
  counts.typed++;
  const { code, stdout, stderr } = await inProcess(...words);
  const output = stdout + stderr;
  if (code !== 0 && code !== 2) throw new Error(`${words.join(' ')}: exit code ${code}\n${output}`);
  // oxlint-disable-next-line no-control-regex -- this is what must not be there
  if (/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/.test(output)) {
    throw new Error(`${words.join(' ')}: control characters in ${JSON.stringify(output)}`);
  }
  const strange = [
    ...readdirSync(folder).filter((each) => !allowed.has(each)),
    ...readdirSync(scratch),
  ].filter((each) => each !== 'input');
  if (strange.length > 0) throw new Error(`${words.join(' ')}: left ${strange.join(', ')}`);
  rmSync(join(folder, OUTPUT), { recursive: true, force: true });
}
