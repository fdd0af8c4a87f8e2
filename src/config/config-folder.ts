import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../contracts/input-error.ts';
import { fileCalled } from '../plugins/discover.ts';
import { isPath } from '../plugins/kept-name.ts';

interface Reading {
  readonly folder: URL;
  readonly allowCode: boolean;
  /** Absolute paths that the config has named so far. */
  readonly places: Set<string>;
}

const current = new AsyncLocalStorage<Reading>();

/** The folder that paths in the config being read are relative to; the current folder if no config is being read. */
export const configFolder = (): URL => current.getStore()?.folder ?? pathToFileURL(process.cwd() + '/');

/** Returns the absolute path that a path in the config being read names, and notes it as a place on this machine. */
export function locate(path: string): string {
  const place = resolve(fileURLToPath(configFolder()), path);
  current.getStore()?.places.add(place);
  return place;
}

/**
 * Runs `read` with paths relative to `folder`.
 * @param allowCode whether files of code that the config names may be loaded
 * @param places receives the absolute paths that the config names
 */
export const withConfigFolder = <T>(
  folder: URL,
  read: () => Promise<T>,
  allowCode = true,
  places = new Set<string>(),
): Promise<T> => current.run({ folder, allowCode, places }, read);

/**
 * Checks that a plug-in of the config being read may be loaded. Those of the program always may.
 * @throws InputError if there is no such file, or it is one and code was not allowed: a config may come from elsewhere
 */
export function requireAllowed(kind: string, use: string): void {
  if (!isPath(use) || (current.getStore()?.allowCode ?? true)) return;
  fileCalled(kind, use, configFolder());
  throw new InputError(
    `found the ${kind} ${use}: code that would run with your rights. A config may come from elsewhere, so its code is not ` +
      'loaded without permission: look at the file, then add --allow-external',
  );
}
