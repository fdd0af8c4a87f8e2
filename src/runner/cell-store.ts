import { existsSync, readdirSync } from 'node:fs';
import { constants, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { StoredCheckpoint } from './checkpoint.ts';
import { decodeStoredCell, encodeStoredCell, type StoredCell } from './stored-cell.ts';

const RESULT = 'result.json';
const FOLDER = 'folder';
const PART = '.part-';
/** Machine, process and key. Keys contain no `_`, so a machine's name can't be mistaken for the beginning of another's. */
const PART_NAME = /^\.part-(.+)_(\d+)_[^_]*$/;

/**
 * Finished cells, one folder each, named by key. A folder appears as a whole or not at all: it is written under another name
 * and renamed. Any number of processes may share a store; if two finish the same cell, the first result stays.
 */
export class CellStore {
  readonly dir: string;

  /** @param dir the folder `cells/` of a run */
  constructor(dir: string) {
    this.dir = dir;
  }

  has(key: string): boolean {
    return existsSync(this.path(key, RESULT));
  }

  /** Returns the result of a cell; null if it is not stored, or not readable and so must be repeated. */
  async read(key: string): Promise<StoredCell | null> {
    try {
      return decodeStoredCell(await readFile(this.path(key, RESULT), 'utf8'));
    } catch {
      return null;
    }
  }

  file(key: string, name: string): Promise<Uint8Array> {
    return readFile(this.path(key, name));
  }

  async files(key: string): Promise<Map<string, Uint8Array>> {
    const stored = await this.read(key);
    if (!stored) throw new Error(`no cell is stored under ${key}`);
    const contents = stored.files.map(async (name) => [name, await this.file(key, name)] as const);
    return new Map(await Promise.all(contents));
  }

  /** Creates an empty folder for the cell in progress: `write` keeps it and `abandon` removes it. */
  async makeFolder(key: string): Promise<string> {
    const folder = join(this.#part(key), FOLDER);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** Returns the folder that a stored cell created. */
  folder(key: string): string {
    return this.path(key, FOLDER);
  }

  /** Returns the partial work of a cell, kept in the store until the cell is done. */
  checkpoint(key: string): StoredCheckpoint {
    // A partly written checkpoint is removed like a partly written cell.
    return new StoredCheckpoint(join(this.dir, `.checkpoint-${key}`), `${this.#part(key)}-checkpoint`);
  }

  /** Discards a cell that will not be written; its checkpoint stays. */
  abandon(key: string): Promise<void> {
    return rm(this.#part(key), { recursive: true, force: true });
  }

  /** Writes a result, together with the folder this process created for it. */
  async write(key: string, cell: StoredCell, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const part = this.#part(key);
    await mkdir(part, { recursive: true });
    try {
      for (const [name, content] of files) await writeFile(join(part, checkedName(name)), content);
      await writeFile(join(part, RESULT), encodeStoredCell(cell));
      await this.#publish(part, key);
      await this.checkpoint(key).remove();
    } catch (error) {
      await rm(part, { recursive: true, force: true });
      throw error;
    }
  }

  /** Copies a cell from another store, replacing this store's version of it. */
  async adopt(key: string, from: CellStore): Promise<void> {
    if (resolve(from.dir) === resolve(this.dir)) return;
    const part = this.#part(key);
    try {
      await cp(from.path(key), part, { recursive: true, mode: constants.COPYFILE_FICLONE });
      await this.remove(key);
      await this.#publish(part, key);
    } catch (error) {
      await rm(part, { recursive: true, force: true });
      throw error;
    }
  }

  #part(key: string): string {
    return join(this.dir, `${PART}${hostname()}_${process.pid}_${key}`);
  }

  async #publish(part: string, key: string): Promise<void> {
    try {
      await rename(part, this.path(key));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EPERM') throw error;
      if (this.has(key)) return rm(part, { recursive: true, force: true });
      await this.remove(key);
      await rename(part, this.path(key));
    }
  }

  remove(key: string): Promise<void> {
    return rm(this.path(key), { recursive: true, force: true });
  }

  /** Removes what killed processes of this machine, and this process, left half-written. */
  async removeParts(): Promise<void> {
    if (!existsSync(this.dir)) return;
    for (const name of readdirSync(this.dir)) {
      const [, host, pid] = PART_NAME.exec(name) ?? [];
      if (host === hostname() && (Number(pid) === process.pid || !isAlive(Number(pid)))) {
        await rm(join(this.dir, name), { recursive: true, force: true });
      }
    }
  }

  path(key: string, name = ''): string {
    return join(this.dir, key, name);
  }
}

function checkedName(name: string): string {
  if (name === RESULT || name === FOLDER || !/^[\w][\w.-]*$/.test(name))
    throw new Error(`a cell can't leave a file called ${name}`);
  return name;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
