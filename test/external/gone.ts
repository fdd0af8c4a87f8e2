import { existsSync, readFileSync } from 'node:fs';

/** Process ids that programs noted in a file; none where they have noted none yet. */
export function notedPids(file: string): number[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').trim().split('\n').map(Number);
}

/** Whether a process still runs; one that has ended and was not waited for does not. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

/** Waits for something, at most so long. */
export async function until(holds: () => boolean, seconds: number): Promise<boolean> {
  const end = performance.now() + 1000 * seconds;
  while (!holds() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  return holds();
}

/** The noted processes that still run after a second: a busy kernel lists one that was killed a moment longer. */
export async function stillRunning(file: string): Promise<number[]> {
  await until(() => !notedPids(file).some(runs), 1);
  return notedPids(file).filter(runs);
}
