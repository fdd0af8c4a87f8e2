/**
 * Runs the checks and every test file, and ends with `N passed, N failed`.
 *
 * uvu alone would let three kinds of broken tests pass: a file whose suites are never run, a promise that never
 * settles (Node then leaves quietly) and a forgotten `.only`. All three fail here.
 *
 * A file that takes long has a process of its own. Others share one, because starting it takes longer than most of them;
 * where one of them ends the process, those after it are run again, each alone. The longest jobs start first, so that no
 * core waits for one at the end. There is one job more than there are cores: many of them wait for a browser, a signal or the
 * disk for part of their time.
 *
 *     node --import tsx test/run.ts [PART-OF-A-PATH…] [--files-only] [--list] [--record] [--every-command]
 *
 * TypeScript is compiled once for all processes (test/typescript/); `node --import tsx test/FILE` runs a file without it.
 *
 * `--record` writes how long the jobs took to test/seconds.json; do it on a quiet machine. `--every-command` lets the test of
 * the documentation type the commands too that need a network or many minutes.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import { CHANGED, filesOf } from './batch-marks.ts';

const { compileTypeScript } = (await import(new URL('typescript/compiled.mjs', import.meta.url).href)) as {
  readonly compileTypeScript: () => Promise<void>;
};

const root = resolve(import.meta.dirname, '..');
/** How Node reads TypeScript. c8 knows the source maps of tsx alone. */
const loader = process.env['NODE_V8_COVERAGE']
  ? ['--import', 'tsx']
  : ['--enable-source-maps', '--import', new URL('typescript/register.mjs', import.meta.url).href];
const filters = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const everyCommand = process.argv.includes('--every-command');
const withChecks = filters.length === 0 && !process.argv.includes('--files-only');

interface Job {
  readonly name: string;
  readonly command: readonly string[];
  /** uvu files, whose own counts are read from the output; none for a check. */
  readonly files: readonly string[];
}

interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
}

const checks: Job[] = [
  {
    name: 'types and lint',
    command: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--type-check', '--deny-warnings'],
    files: [],
  },
  { name: 'unused code', command: ['node_modules/knip/bin/knip.js', '--no-progress'], files: [] },
  { name: 'format', command: ['node_modules/oxfmt/bin/oxfmt', '--check', '.'], files: [] },
];

const files = readdirSync(resolve(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => `test/${file}`)
  .filter((file) => filters.length === 0 || filters.some((part) => file.includes(part)))
  .sort();
const nameOf = (file: string): string => relative('test', file);
const alone = (file: string): Job => ({
  name: nameOf(file),
  command: [...loader, file],
  files: [file],
});

/** Seconds of the jobs that take several, by name. */
const SECONDS = resolve(root, 'test/seconds.json');
const FEWEST_SECONDS = 5;
const known = JSON.parse(readFileSync(SECONDS, 'utf8')) as Record<string, number>;
const took = new Map<string, number>();
const SECONDS_OF_OTHERS = 1;
const secondsOf = (file: string): number => known[nameOf(file)] ?? SECONDS_OF_OTHERS;

/** Long enough for files to share the start of a process, and short enough for the cores to end together. */
const SECONDS_PER_BATCH = 25;

if (files.length === 0) {
  console.error(`no test file matches ${filters.join(' ')}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
if (process.argv.includes('--list')) {
  for (const name of [...(withChecks ? checks.map((check) => check.name) : []), ...files.map(nameOf)])
    console.log(name);
  process.exit(0);
}

await compileTypeScript();
const total: Outcome = { passed: 0, failed: 0, skipped: 0 };
const secondsOfJob = (job: Job): number =>
  job.files.length === 0 ? (known[job.name] ?? 0) : job.files.reduce((sum, file) => sum + secondsOf(file), 0);
const queue = [...(withChecks ? checks : []), ...batches(files)].sort(
  (a, b) => secondsOfJob(b) - secondsOfJob(a),
);
await Promise.all(Array.from({ length: availableParallelism() + 1 }, drain));
if (total.skipped > 0) console.log(`\n${total.skipped} skipped: see SKIP above`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
if (process.argv.includes('--record')) record();

/** Neighbours share a batch: they load the same rooms. */
function batches(of: readonly string[]): Job[] {
  const groups: string[][] = [];
  let [group, seconds]: [string[], number] = [[], Infinity];
  for (const file of of) {
    if (secondsOf(file) >= SECONDS_PER_BATCH) {
      groups.push([file]);
      continue;
    }
    if (seconds + secondsOf(file) > SECONDS_PER_BATCH) {
      groups.push((group = []));
      seconds = 0;
    }
    group.push(file);
    seconds += secondsOf(file);
  }
  return groups.map((some) =>
    some.length === 1
      ? alone(some[0])
      : {
          name: some.map(nameOf).join(', '),
          command: [...loader, 'test/batch.ts', ...some],
          files: some,
        },
  );
}

/** Replaces the times of the jobs that were run. */
function record(): void {
  const all = { ...known, ...Object.fromEntries(took) };
  const several = Object.entries(all)
    .filter(([, seconds]) => seconds >= FEWEST_SECONDS)
    .sort(([, a], [, b]) => b - a);
  writeFileSync(SECONDS, JSON.stringify(Object.fromEntries(several), null, 2) + '\n');
}

async function drain(): Promise<void> {
  for (let job = queue.shift(); job; job = queue.shift()) {
    const began = performance.now();
    const { code, output } = await run(job);
    const seconds = (performance.now() - began) / 1000;
    if (job.files.length === 0) tell(job.name, ofCheck(code), output, seconds);
    else if (job.files.length === 1) tell(job.name, ofFile(job.files[0], code, output), output, seconds);
    else tellBatch(job, output);
  }
}

/** Judges each file of a batch by its own part of the output, and queues those that the batch did not come to. */
function tellBatch({ files: all }: Job, output: string): void {
  const ended = filesOf(output);
  for (const each of ended)
    tell(nameOf(each.file), ofFile(each.file, each.code, each.output), each.output, each.seconds);
  queue.unshift(...all.filter((file) => !ended.some((each) => each.file === file)).map(alone));
}

function tell(name: string, outcome: Outcome, output: string, seconds: number): void {
  total.passed += outcome.passed;
  total.failed += outcome.failed;
  total.skipped += outcome.skipped;
  took.set(name, Math.round(seconds));
  const verdict = outcome.failed > 0 ? 'FAIL' : 'ok  ';
  const hidden = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
  console.log(`${verdict} ${name} (${outcome.passed} passed${hidden}, ${seconds.toFixed(1)} s)`);
  if (outcome.failed > 0) console.log(output.trimEnd());
  else for (const line of output.split('\n')) if (line.startsWith('SKIP')) console.log(`     ${line}`);
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
  if (output.includes(CHANGED)) return CHANGED;
  if (code !== 0 && !/FAIL/.test(output)) return `exit code ${code}`;
  return null;
}
