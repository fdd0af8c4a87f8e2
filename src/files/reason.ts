import { existsSync, lstatSync } from 'node:fs';
import { dirname } from 'node:path';

const plainReasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a part of the path is a file, not a folder',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space left',
  EDQUOT: 'no space left of the quota',
  EFBIG: 'the file is larger than this system allows',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
};

/** Whether a path is a link, whether or not its target exists. */
export const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

const LEADS_NOWHERE = ['ENOENT', 'ELOOP'];

/** Returns the first part of a path that is a link to nowhere, or to itself; undefined if there is none. */
export function brokenLinkIn(path: string): string | undefined {
  const above = dirname(path);
  const earlier = above === path || above === '.' ? undefined : brokenLinkIn(above);
  return earlier ?? (isLink(path) && !existsSync(path) ? path : undefined);
}

/** Why a path does not exist, in words. */
export function absence(path: string): string {
  const link = brokenLinkIn(path);
  if (link === path) return 'it is a link to a file that is not there';
  return link === undefined ? plainReasons['ENOENT'] : `${link} is a link to a folder that is not there`;
}

/** Why a file could not be opened, in words. */
export function reason(error: unknown): string {
  const { code, message, path } = error as NodeJS.ErrnoException;
  if (code !== undefined && path !== undefined && LEADS_NOWHERE.includes(code)) return absence(path);
  return (code !== undefined ? plainReasons[code] : undefined) ?? message;
}
