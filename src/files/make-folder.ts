import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it.
 *
 * One at a time: `mkdirSync` with `recursive: true` never comes back where a file system, like /proc, denies its own
 * folders.
 *
 * @returns the folders that were not there before, the outermost first
 */
export function makeFolder(dir: string): string[] {
  if (existsSync(dir)) return [];
  const made = makeFolder(dirname(dir));
  try {
    mkdirSync(dir);
    made.push(dir);
  } catch (error) {
    // Another process may have been quicker.
    if (!existsSync(dir)) throw error;
  }
  return made;
}
