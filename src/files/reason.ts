import { lstatSync } from 'node:fs';

const plainReasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a part of the path is a file, not a folder',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space left',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
};

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

/** Why a file could not be opened, in words. */
export function reason(error: unknown): string {
  const { code, message, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && path !== undefined && isLink(path))
    return 'it is a link to a file that is not there';
  return (code !== undefined ? plainReasons[code] : undefined) ?? message;
}
