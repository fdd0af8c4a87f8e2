import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireEnd, runCommand, runToEnd, type Ended } from './program.ts';
import { tablesOf } from './study.ts';

/** What a pressure is tried on. */
export interface Bench {
  /** An empty folder. */
  readonly folder: string;
  readonly config: string;
  /** Folder of an unbroken run of the config. */
  readonly unbroken: string;
  /** Whether to try fewer degrees of the same. */
  readonly brief: boolean;
}

/** How a pressure ended: what was tried, or why it can't be tried here. */
export type Outcome = { readonly tried: string } | { readonly skipped: string };

/**
 * Situations in which a run can't do its work. Each has to end with one clear line, in a folder that the same command goes on from with the
 * same tables.
 * @throws Error if it does not
 */
export const pressures: Readonly<Record<string, (bench: Bench) => Promise<Outcome>>> = {
  'disk full': diskFull,
  'read-only folder': readOnly,
  'two runs in a folder': twoRuns,
  'memory exhausted in a worker': memoryExhausted,
  'clock jumps': clockJumps,
};

/** Shares of the space that a whole run takes. */
const FILLED = [0.01, 0.2, 0.6, 0.97];
/** Blocks of 512 bytes that a file may have, where no file system can be mounted: few enough for a result, a table and the report. */
const BLOCKS = [1, 64, 2048];

async function diskFull({ folder, config, unbroken, brief }: Bench): Promise<Outcome> {
  const says =
    /^(error|failed): .*cannot write .*: (no space left|the file is larger than this system allows)/m;
  const mount = namespace();
  if (mount === undefined) {
    for (const blocks of BLOCKS) {
      const out = join(folder, `limited-${blocks}`);
      const limited = ['sh', '-c', `ulimit -f ${blocks} && exec "$@"`, 'sh', ...runCommand(config, out)];
      requireLine(await runToEnd(limited), says);
      await requireResumed(config, out, unbroken);
    }
    return { tried: 'files that could not grow (ulimit -f): nothing could be mounted' };
  }
  const whole = sizeOf(unbroken);
  const shares = brief ? FILLED.slice(1, 3) : FILLED;
  for (const share of shares) {
    const disk = join(folder, `disk-${share}`);
    mkdirSync(disk);
    // The file system is gone with the namespace: what is left on it is copied, once it is full and again after the second run.
    const script = `mount -t tmpfs -o size=${Math.ceil(share * whole)} tmpfs "$0" || exit 99
"$@"; code=$?; cp -r "$0/run" "$0-full"; exit $code`;
    const full = await runToEnd([
      ...mount,
      'sh',
      '-c',
      script,
      disk,
      ...runCommand(config, join(disk, 'run')),
    ]);
    if (full.code === 99) throw new Error(full.stderr);
    requireLine(full, says);
    await requireResumed(config, `${disk}-full`, unbroken);
  }
  return { tried: `file systems of ${shares.map((share) => `${100 * share} %`).join(', ')} of a run` };
}

async function readOnly({ folder, config, unbroken }: Bench): Promise<Outcome> {
  const says = /^error: cannot write to .*: (the file system is read-only|permission denied)/m;
  const out = join(folder, 'run');
  await runToEnd(runCommand(config, out), { killAfter: 1500 });
  mkdirSync(out, { recursive: true });
  const mount = namespace();
  if (mount !== undefined) {
    const script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" || exit 99; exec "$@"';
    const refused = await runToEnd([...mount, 'sh', '-c', script, out, ...runCommand(config, out)]);
    if (refused.code === 99) throw new Error(refused.stderr);
    requireLine(refused, says, 2);
  } else if (process.getuid?.() === 0) {
    return { skipped: 'root may write anywhere, and nothing can be mounted read-only' };
  } else {
    const folders = [out, join(out, 'cells')].filter((each) => existsSync(each));
    for (const each of folders) chmodSync(each, 0o555);
    requireLine(await runToEnd(runCommand(config, out)), says, 2);
    for (const each of folders) chmodSync(each, 0o755);
  }
  await requireResumed(config, out, unbroken);
  return { tried: 'a folder with part of a run' };
}

async function twoRuns({ folder, config, unbroken }: Bench): Promise<Outcome> {
  const out = join(folder, 'run');
  // Both have ended before either is judged: the folder is removed after a failure.
  const ended = await Promise.all([1, 2].map(() => runToEnd(runCommand(config, out))));
  for (const { code, stderr } of ended)
    if (code !== 0) throw new Error(`one of two runs ended with ${code}: ${stderr}`);
  requireTables(out, unbroken);
  // This process is alive, and its mark says that it runs another config.
  const mark = join(out, 'cells', '.running', `${hostname()}_${process.pid}`);
  mkdirSync(dirname(mark));
  writeFileSync(mark, 'another config');
  requireLine(
    await runToEnd(runCommand(config, out)),
    new RegExp(`^error: .*process ${process.pid} is running another config there`, 'm'),
    2,
  );
  rmSync(dirname(mark), { recursive: true });
  await requireResumed(config, out, unbroken);
  return { tried: 'the same config twice at a time, and another beside it' };
}

/** A fitter that first takes all the memory that a thread is allowed, where the environment says so. */
const HUNGRY = `export default {
  label: 'Hungry', source: 'made up to fail',
  async prepare() {
    const kept = [];
    while (process.env.IVIM_BENCH_HUNGRY) kept.push(Array.from({ length: 1e5 }, Math.random));
    return {
      fit({ n }, out) {
        for (let i = 0; i < n; i++) Object.entries({ S0: 1, D: 0.001, f: 0.2, Dp: 0.05, status: 0 }).forEach(([name, value]) => (out[name][i] = value));
      },
    };
  },
};
`;

async function memoryExhausted({ folder, config }: Bench): Promise<Outcome> {
  writeFileSync(join(folder, 'hungry.mjs'), HUNGRY);
  const own = join(folder, 'hungry.yaml');
  writeFileSync(
    own,
    readFileSync(config, 'utf8').replace(/fitters: \[/, 'fitters: [{ use: ./hungry.mjs, name: hungry }, '),
  );
  const command = (out: string) => runCommand(own, join(folder, out), '--allow-external');
  await requireEnd('the unbroken run', command('unbroken'));
  const env = { IVIM_BENCH_HUNGRY: '1', NODE_OPTIONS: '--max-old-space-size=256' };
  requireLine(await runToEnd(command('run'), { env }), /^failed: .*hungry.*: the worker ended: .*memory/m);
  await requireResumed(own, join(folder, 'run'), join(folder, 'unbroken'), '--allow-external');
  return { tried: 'a fitter that takes all of 256 MiB' };
}

/** Hours by which the clock jumps, with every look at it. */
const JUMPS = [-1, 24 * 365, -24 * 365 * 30];
const CLOCK = `const now = Date.now.bind(Date);
const jumps = ${JSON.stringify(JUMPS)};
let looks = 0;
const jumping = () => now() + 3600e3 * jumps[looks++ % jumps.length];
globalThis.Date = new Proxy(Date, {
  construct: (target, given, own) => Reflect.construct(target, given.length > 0 ? given : [jumping()], own),
  get: (target, name) => (name === 'now' ? jumping : Reflect.get(target, name)),
});
`;

async function clockJumps({ folder, config, unbroken }: Bench): Promise<Outcome> {
  const clock = join(folder, 'clock.mjs');
  writeFileSync(clock, CLOCK);
  const env = { NODE_OPTIONS: `--import=${pathToFileURL(clock).href}` };
  const out = join(folder, 'run');
  await runToEnd(runCommand(config, out), { env, killAfter: 2500 });
  await requireEnd('the run', runCommand(config, out), env);
  requireTables(out, unbroken);
  await requireResumed(config, out, unbroken);
  return { tried: `a clock that jumps by ${JUMPS.join(', ')} hours with every look, killed and resumed` };
}

/** The words before a command that may mount something for itself; undefined where this system does not let it. */
function namespace(): readonly string[] | undefined {
  return [
    ['unshare', '--mount'],
    ['unshare', '--map-root-user', '--mount'],
  ].find(([command, ...words]) => {
    const { status } = spawnSync(command, [...words, 'sh', '-c', 'mount -t tmpfs tmpfs /tmp']);
    return status === 0;
  });
}

/** @throws Error if a run did not fail with a line that says why, or said it with a stack */
function requireLine({ code, stderr }: Ended, says: RegExp, expected: 1 | 2 = 1): void {
  if (code !== expected) throw new Error(`ended with ${code} where ${expected} is expected: ${stderr}`);
  if (!says.test(stderr) || /\n\s+at /.test(stderr)) throw new Error(`no clear line: ${stderr}`);
}

/** @throws Error if the same command does not end well, or with other tables */
async function requireResumed(
  config: string,
  out: string,
  unbroken: string,
  ...more: string[]
): Promise<void> {
  await requireEnd('the resumed run', runCommand(config, out, ...more));
  requireTables(out, unbroken);
  const left = readdirSync(join(out, 'cells')).filter((name) => name.startsWith('.'));
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
}

function requireTables(out: string, unbroken: string): void {
  if (tablesOf(out) !== tablesOf(unbroken)) throw new Error(`${out} has other tables than an unbroken run`);
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
    statSync(join(folder, file)),
  );
  // In blocks, as file systems count.
  return files.reduce((sum, { size }) => sum + 4096 * Math.ceil(size / 4096), 0);
}

/** Tries all pressures, each in a folder of its own. @returns a line for each, and whether all went well */
export async function tryPressures(
  folder: string,
  { config, brief = false }: { readonly config: string; readonly brief?: boolean },
): Promise<{ readonly lines: readonly string[]; readonly failed: number }> {
  const unbroken = join(folder, 'without-pressure');
  await requireEnd('the unbroken run', runCommand(config, unbroken));
  const lines: string[] = [];
  let failed = 0;
  for (const [name, pressure] of Object.entries(pressures)) {
    const own = join(folder, 'pressure');
    mkdirSync(own);
    try {
      const outcome = await pressure({ folder: own, config, unbroken, brief });
      lines.push('tried' in outcome ? `${name}: ${outcome.tried}` : `SKIP ${name}: ${outcome.skipped}`);
    } catch (error) {
      failed++;
      lines.push(`${name}: FAILED: ${(error as Error).message}`);
    }
    rmSync(own, { recursive: true, force: true });
  }
  return { lines, failed };
}
