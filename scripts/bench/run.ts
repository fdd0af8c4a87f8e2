/**
 * Measures every job in `jobs/` and its peer: rounds of both in turn, so that a machine whose speed drifts
 * slows both; medians and extremes over the rounds.
 *
 *     npm run bench -- [--quick] [PART-OF-A-JOB…]
 *
 * Writes results/bench/bench.json, bench.md, bench.vl.json and bench.svg.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job, Measurement } from './job.ts';
import { compareRounds, type Line } from './compare.ts';
import { ours, python, type Missing } from './sides.ts';
import { writeResults } from './write-results.ts';

const words = process.argv.slice(2);
const size = { quick: words.includes('--quick') };
const wanted = words.filter((word) => !word.startsWith('--'));
const rounds = size.quick ? 2 : 5;

const names = readdirSync(new URL('jobs/', import.meta.url))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
const folder = mkdtempSync(join(tmpdir(), 'ivim-bench-'));
const lines: Line[] = [];
try {
  for (const name of names) {
    const { default: job } = (await import(`./jobs/${name}.ts`)) as { default: Job };
    const peer = job.peer(size);
    const pairs: [Measurement | Missing, Measurement | Missing][] = [];
    for (let round = 0; round < rounds; round++) {
      const mine = await ours(name, 'measure', size);
      const theirs = 'measure' in peer ? await ours(name, 'peer', size) : await python(peer, folder);
      pairs.push([mine, theirs]);
    }
    const line = compareRounds(name, job, peer.name, pairs);
    lines.push(line);
    process.stderr.write(`${line.sentence}\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
const out = join(process.cwd(), 'results', 'bench');
mkdirSync(out, { recursive: true });
process.stdout.write(await writeResults(out, lines, size));
