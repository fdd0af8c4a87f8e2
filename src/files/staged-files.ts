import { openSync, closeSync, renameSync, rmdirSync, rmSync, existsSync, statSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { makeFolder } from './make-folder.ts';
import { reason } from './reason.ts';
import { removeLeftovers, temporaryPath } from './temporary-path.ts';
import { undoAtExit } from './undo-at-exit.ts';

/** Files that appear under their own names all together, when they are complete, or not at all. */
export interface StagedFiles {
  /** The temporary file of `path`, open for writing at any position. */
  handle(path: string): Promise<FileHandle>;
  /** Gives every file its name. */
  commit(): Promise<void>;
  /** Removes what was written, and the folders that were made for it. */
  discard(): void;
}

/**
 * Opens a temporary file beside each of `paths`, so that a place that can't be written to is known before any work.
 * @throws InputError naming the path and the reason
 */
export function stageFiles(paths: readonly string[]): StagedFiles {
  const made: string[] = [];
  const staged = new Map<string, string>();
  const handles = new Map<string, FileHandle>();
  let settled = false;
  const discard = () => {
    if (settled) return;
    settled = true;
    release();
    // Nothing waits for them: at the end of the process there is no time to.
    for (const handle of handles.values()) handle.close().catch(() => undefined);
    for (const temporary of staged.values()) rmSync(temporary, { force: true });
    for (const folder of made.reverse()) removeIfEmpty(folder);
  };
  const release = undoAtExit(discard);
  try {
    for (const path of paths) {
      if (existsSync(path) && statSync(path).isDirectory()) {
        throw new InputError(`cannot write ${path}: it is a folder`);
      }
      if (existsSync(path) && !statSync(path).isFile()) {
        throw new InputError(`cannot write ${path}: it is a device, not a file`);
      }
      made.push(...makeFolder(dirname(resolve(path))));
      removeLeftovers(path);
      const temporary = temporaryPath(path);
      closeSync(openSync(temporary, 'w'));
      staged.set(path, temporary);
    }
  } catch (error) {
    discard();
    if (error instanceof InputError) throw error;
    throw new InputError(`cannot write to ${paths[staged.size]}: ${reason(error)}`, { cause: error });
  }
  return {
    async handle(path) {
      const known = handles.get(path) ?? (await open(staged.get(path)!, 'r+'));
      handles.set(path, known);
      return known;
    },
    async commit() {
      for (const handle of handles.values()) {
        await handle.datasync();
        await handle.close();
      }
      for (const [path, temporary] of staged) renameSync(temporary, path);
      settled = true;
      release();
    },
    discard,
  };
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else put something there in the meantime: it stays.
  }
}
