/**
 * Runs the checks and every test file, each in its own process, and ends with `N passed, N failed`.
 *
 * uvu alone would let three kinds of broken tests pass: a file whose suites are never run, a promise that never
 * settles (Node then leaves quietly) and a forgotten `.only`. All three fail here.
 *
 * The longest jobs start first, so that no core waits for one at the end.
 *
 *     node --import tsx test/run.ts [PART-OF-A-PATH…] [--files-only] [--list] [--record] [--every-command]
 *
 * `--record` writes how long the jobs took to test/seconds.json; do it on a quiet machine. `--every-command` lets the test of
 * the documentation type the commands too that need a network or many minutes.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const filters = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const everyCommand = process.argv.includes('--every-command');
const withChecks = filters.length === 0 && !process.argv.includes('--files-only');

interface Job {
  readonly name: string;
  readonly command: readonly string[];
  /** A uvu file, whose own count is read from its output. */
  readonly file?: string;
}

interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
}

const checks: Job[] = [
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  { name: 'lint', command: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0'] },
  { name: 'unused code', command: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'format', command: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
];

const files = readdirSync(resolve(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => `test/${file}`)
  .filter((file) => filters.length === 0 || filters.some((part) => file.includes(part)))
  .sort();
const jobs: Job[] = [
  ...(withChecks ? checks : []),
  ...files.map((file) => ({ name: relative('test', file), command: ['--import', 'tsx', file], file })),
];
if (jobs.length === 0) {
  console.error(`no test file matches ${filters.join(' ')}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

if (process.argv.includes('--list')) {
  for (const { name } of jobs) console.log(name);
  process.exit(0);
}

/** Seconds of the jobs that take several, by name. */
const SECONDS = resolve(root, 'test/seconds.json');
const FEWEST_SECONDS = 5;
const known = JSON.parse(readFileSync(SECONDS, 'utf8')) as Record<string, number>;
const took = new Map<string, number>();

const total: Outcome = { passed: 0, failed: 0, skipped: 0 };
const queue = jobs.toSorted((a, b) => (known[b.name] ?? 0) - (known[a.name] ?? 0));
await Promise.all(Array.from({ length: availableParallelism() }, drain));
if (total.skipped > 0) console.log(`\n${total.skipped} skipped: see SKIP above`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
if (process.argv.includes('--record')) record();

/** Replaces the times of the jobs that were run. */
function record(): void {
  const all = { ...known, ...Object.fromEntries(took) };
  const long = Object.entries(all)
    .filter(([, seconds]) => seconds >= FEWEST_SECONDS)
    .sort(([, a], [, b]) => b - a);
  writeFileSync(SECONDS, JSON.stringify(Object.fromEntries(long), null, 2) + '\n');
}

async function drain(): Promise<void> {
  for (let job = queue.shift(); job; job = queue.shift()) {
    const began = performance.now();
    const { code, output } = await run(job);
    const outcome = job.file === undefined ? ofCheck(code) : ofFile(job.file, code, output);
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    total.skipped += outcome.skipped;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    took.set(job.name, Math.round(Number(seconds)));
    const verdict = outcome.failed > 0 ? 'FAIL' : 'ok  ';
    const hidden = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
    console.log(`${verdict} ${job.name} (${outcome.passed} passed${hidden}, ${seconds} s)`);
    if (outcome.failed > 0) console.log(output.trimEnd());
    else for (const line of output.split('\n')) if (line.startsWith('SKIP')) console.log(`     ${line}`);
  }
}

function run(job: Job): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, job.command, {
      cwd: root,
      env: {
        ...process.env,
        NO_COLOR: '1',
        FORCE_COLOR: '0',
        ...(everyCommand ? { IVIM_BENCH_EVERY_COMMAND: '1' } : {}),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const deadline = setTimeout(() => child.kill('SIGKILL'), everyCommand ? 7_200_000 : 900_000);
    child.on('close', (code, signal) => {
      clearTimeout(deadline);
      if (signal) output += `\nended by ${signal} after ${everyCommand ? '2 hours' : '15 minutes'}: it hangs`;
      done({ code: code ?? 1, output });
    });
  });
}

function ofCheck(code: number): Outcome {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** Reads uvu's closing count; whatever keeps it from being trustworthy is one more failure. */
function ofFile(file: string, code: number, output: string): Outcome {
  const count = (label: string) =>
    [...output.matchAll(new RegExp(`^\\s*${label}:\\s+(\\d+)`, 'gm'))].reduce(
      (sum, match) => sum + Number(match[1]),
      0,
    );
  const all = count('Total');
  const passed = count('Passed');
  const skipped = count('Skipped');
  const failed = all - passed;
  const untrusted = distrust(file, code, output, all);
  if (untrusted) console.log(`${file}: ${untrusted}`);
  return { passed, skipped, failed: failed + (untrusted ? 1 : 0) };
}

function distrust(file: string, code: number, output: string, all: number): string | null {
  const source = readFileSync(resolve(root, file), 'utf8');
  if (/\.only\s*\(/.test(source)) return 'a test is marked `.only`';
  const suites = [...source.matchAll(/(?:const|let)\s+(\w+)\s*=\s*suite\b/g)].map((match) => match[1]);
  if (suites.length === 0) return 'declares no suite';
  const idle = suites.find((name) => !new RegExp(`\\b${name}\\.run\\(\\)`).test(source));
  if (idle) return `the suite ${idle} is never run`;
  if (!/^\s*Total:/m.test(output)) return `ended before its tests did (exit code ${code})`;
  if (all === 0) return 'ran no test';
  if (code !== 0 && !/FAIL/.test(output)) return `exit code ${code}`;
  return null;
}
