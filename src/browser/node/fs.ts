import { inMemory } from '../files/memory.ts';

/** The part of Node's module that a fit uses, for files in memory. There are no folders and no links. */
export const existsSync = (path: string): boolean => inMemory.has(path);

export const realpathSync = (path: string): string => path;

export const rmSync = (path: string): void => void inMemory.delete(path);

export const statSync = () => ({ isDirectory: () => false });

export function lstatSync(path: string): { isFile(): true; isSymbolicLink(): false } | undefined {
  return existsSync(path) ? { isFile: () => true, isSymbolicLink: () => false } : undefined;
}

/** Only sidecars of an earlier fit are read this way, and each fit of the page has a worker of its own. */
export function readFileSync(path: string): never {
  throw new Error(`${path} is not read synchronously`);
}
