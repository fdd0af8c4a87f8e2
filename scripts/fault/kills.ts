import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { tablesOf } from './study.ts';

const program = join(import.meta.dirname, '..', '..', 'bin', 'ivim-bench.mjs');
/** A folder is killed in so often before a run is let to its end. */
const KILLS_PER_FOLDER = 5;

/**
 * Kills runs (SIGKILL) at random moments, from the first cell to the report, and lets the same command go on.
 * @returns how many kills hit a run that was not over, and after how many of the folders the tables were not those of an unbroken run
 */
export async function kills(
  folder: string,
  { config, count, seed }: { readonly config: string; readonly count: number; readonly seed: number },
): Promise<{ readonly killed: number; readonly wrong: number }> {
  const random = new Mt19937(seed);
  const whole = join(folder, 'unbroken');
  const began = performance.now();
  const code = await run(config, whole);
  if (code !== 0) throw new Error(`the unbroken run ended with ${code}`);
  const longest = performance.now() - began;
  const expected = tablesOf(whole);
  let [killed, wrong] = [0, 0];
  while (killed < count) {
    const dir = join(folder, 'killed');
    for (let i = 0; i < KILLS_PER_FOLDER && killed < count; i++) {
      const end = await run(config, dir, (0.1 + 0.9 * random.uniform()) * longest);
      if (end === null) killed++;
      else break;
    }
    const end = await run(config, dir);
    if (end !== 0 || tablesOf(dir) !== expected) wrong++;
    rmSync(dir, { recursive: true });
  }
  return { killed, wrong };
}

/** @returns the exit code, or null for a run that was killed */
function run(config: string, out: string, killAfter?: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, 'run', config, '--out', out, '--quiet'], {
      stdio: 'ignore',
    });
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}
