import { AsyncLocalStorage } from 'node:async_hooks';
import { pathToFileURL } from 'node:url';

const current = new AsyncLocalStorage<URL>();

/** The folder that paths in the config being read are relative to; the current folder if no config is being read. */
export const configFolder = (): URL => current.getStore() ?? pathToFileURL(process.cwd() + '/');

/** Runs `read` with paths relative to `folder`. */
export const withConfigFolder = <T>(folder: URL, read: () => Promise<T>): Promise<T> =>
  current.run(folder, read);
