/** The part of Node's module that a fit uses. Files in memory have names without `..`. */
export const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const dirname = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';

export const extname = (path: string): string => /[^/](\.[^./]*)$/.exec(path)?.[1] ?? '';

export const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('/');

export const resolve = (...parts: readonly string[]): string => join(...parts);
