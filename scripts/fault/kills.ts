import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { requireEnd, runCommand, runToEnd } from './program.ts';
import { tablesOf } from './study.ts';

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
  await requireEnd('the unbroken run', runCommand(config, whole));
  const longest = performance.now() - began;
  const expected = tablesOf(whole);
  let [killed, wrong] = [0, 0];
  while (killed < count) {
    const dir = join(folder, 'killed');
    for (let i = 0; i < KILLS_PER_FOLDER && killed < count; i++) {
      const killAfter = (0.1 + 0.9 * random.uniform()) * longest;
      if ((await runToEnd(runCommand(config, dir), { killAfter })).code === null) killed++;
      else break;
    }
    const { code: end } = await runToEnd(runCommand(config, dir));
    if (end !== 0 || tablesOf(dir) !== expected) wrong++;
    rmSync(dir, { recursive: true });
  }
  return { killed, wrong };
}
