import { lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { undoAtExit } from '../files/undo-at-exit.ts';
import { refuseLinks } from '../files/real-folders.ts';
import { isAlive } from '../files/is-alive.ts';

/** Machine and process, as parts of cells have them. */
const NAME = /^(.+)_(\d+)$/;

/**
 * Marks a folder as that of a run in progress. Processes of one config may share a folder, as shards and restarts do; those of
 * different configs would replace each other's `run.json` and report.
 * @param configHash of the complete config
 * @returns ends the mark
 * @throws InputError if a process of this machine runs another config there, or the place of the mark is a link
 */
export function lockRun(dir: string, configHash: string): () => void {
  const folder = join(dir, 'cells', '.running');
  const own = join(folder, `${hostname()}_${process.pid}`);
  refuseLinks(dir, 'cells/.running');
  mkdirSync(folder, { recursive: true });
  rmSync(own, { force: true });
  writeFileSync(own, configHash, { flag: 'wx' });
  const release = () => {
    rmSync(own, { force: true });
    removeIfEmpty(folder);
  };
  const ended = undoAtExit(release);
  const others = readdirSync(folder).flatMap((name) => {
    const [, host, pid] = NAME.exec(name) ?? [];
    return host === hostname() && Number(pid) !== process.pid ? [{ file: join(folder, name), pid }] : [];
  });
  for (const { file, pid } of others) if (!isAlive(Number(pid))) rmSync(file, { force: true });
  for (const { file, pid } of others) {
    if (isAlive(Number(pid)) && holdsAnother(file, configHash)) {
      release();
      ended();
      throw new InputError(
        `${dir}: process ${pid} is running another config there; allowed: one config at a time in a folder; give another --out`,
      );
    }
  }
  return () => {
    release();
    ended();
  };
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Others are running there.
  }
}

function holdsAnother(file: string, configHash: string): boolean {
  try {
    // Not a pipe, which nobody may ever write to.
    return lstatSync(file).isFile() && readFileSync(file, 'utf8') !== configHash;
  } catch {
    // Its process has ended in the meantime.
    return false;
  }
}
