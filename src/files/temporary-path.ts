import { readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { isAlive } from './is-alive.ts';

const ENDING = '.partial';

/** Returns the hidden name, beside `path`, under which this process writes until the file or folder is complete. */
export function temporaryPath(path: string): string {
  const owner = `${encodeURIComponent(hostname())}-${process.pid}`;
  return join(dirname(resolve(path)), `.${basename(resolve(path))}.${owner}${ENDING}`);
}

/** Whether a file or folder has the name of one that some process has not completed, or did not. */
export const isTemporary = (name: string): boolean => name.startsWith('.') && name.endsWith(ENDING);

/**
 * Removes what processes of this machine that are gone left of `path`: a process that is killed has no time to. Those of
 * other machines that share the disk can't be told from live ones, and stay.
 */
export function removeLeftovers(path: string): void {
  const folder = dirname(resolve(path));
  const start = `.${basename(resolve(path))}.${encodeURIComponent(hostname())}-`;
  for (const name of namesIn(folder)) {
    if (!name.startsWith(start) || !name.endsWith(ENDING)) continue;
    const pid = Number(name.slice(start.length, -ENDING.length));
    if (Number.isInteger(pid) && pid > 0 && !isAlive(pid)) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // What can't be listed is told where it is written to.
    return [];
  }
}
