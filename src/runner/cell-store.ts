import { existsSync, lstat as lstatThen, readdirSync, readFile as readFileThen } from 'node:fs';
import { constants, cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { digestOf } from '../files/digest.ts';
import { writeFlushed } from '../files/flush.ts';
import { plainName, staysInside } from '../files/plain-name.ts';
import { LARGEST_FILE } from '../files/read-input.ts';
import { isLink, reason } from '../files/reason.ts';
import { StoredCheckpoint } from './checkpoint.ts';
import { isAlive } from '../files/is-alive.ts';
import {
  decodeStoredCell,
  encodeStoredCell,
  type CellEnvelope,
  type Digests,
  type StoredCell,
} from './stored-cell.ts';

/** They take half the time of the functions of `node:fs/promises`, which counts where thousands of cells are read. */
const readFile = promisify(readFileThen);
const lstat = promisify(lstatThen);

const RESULT = 'result.json';
const FOLDER = 'folder';
const PART = '.part-';
/** Machine, process and key. Keys contain no `_`, so a machine's name can't be mistaken for the beginning of another's. */
const PART_NAME = /^\.part-(.+)_(\d+)_[^_]*$/;

/** A stored result that is not what was written. The cell has to be run again. */
export class DamagedCell extends Error {
  override readonly name = 'DamagedCell';
}

/** What a store has under a key. */
export type Found =
  | { readonly state: 'stored'; readonly cell: StoredCell; readonly digest: string }
  | { readonly state: 'absent' }
  | { readonly state: 'damaged'; readonly why: string };

/**
 * Finished cells, one folder each, named by key. A folder appears as a whole or not at all: it is written under another name
 * and renamed. Any number of processes may share a store; if two finish the same cell, the first result stays.
 *
 * The result of a cell has the digests of its files, and its own. They are compared whenever something is read. An error of the
 * system other than "there is no such file" is neither an absent nor a damaged cell: it is thrown, and nothing is removed.
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

  /** Returns the result of a cell; null if it is not stored, or damaged and so must be repeated. */
  async read(key: string): Promise<StoredCell | null> {
    const found = await this.find(key);
    return found.state === 'stored' ? found.cell : null;
  }

  /** Looks up the result of a cell without its files. @throws the system's error if it can't be read */
  async find(key: string): Promise<Found> {
    return this.#found(key, () => this.#envelope(key));
  }

  /** Looks up a cell, and compares all its files with their digests. @throws the system's error if one can't be read */
  async verify(key: string): Promise<Found> {
    return this.#found(key, async () => {
      const envelope = await this.#envelope(key);
      const { cell, digests } = envelope;
      const pictures = (cell.pictures ?? []).map(({ file }) => file);
      const names = digests === undefined ? [...cell.files, ...pictures] : Object.keys(digests);
      for (const name of names) await this.#checked(key, name, digests);
      return envelope;
    });
  }

  /** @throws DamagedCell if the file is not the one that was written */
  async file(key: string, name: string): Promise<Uint8Array> {
    return this.#checked(key, name, (await this.#envelope(key)).digests);
  }

  /** @throws DamagedCell if a file is not the one that was written */
  async files(key: string): Promise<Map<string, Uint8Array>> {
    const { cell, digests } = await this.#envelope(key);
    const contents = new Map<string, Uint8Array>();
    for (const name of cell.files) contents.set(name, await this.#checked(key, name, digests));
    return contents;
  }

  async #found(key: string, read: () => Promise<CellEnvelope>): Promise<Found> {
    try {
      const { cell, digest } = await read();
      return { state: 'stored', cell, digest };
    } catch (error) {
      if (!(error instanceof DamagedCell)) throw error;
      // A link to nowhere is something, too.
      if (await lstat(this.path(key)).catch(() => null)) return { state: 'damaged', why: error.message };
      return { state: 'absent' };
    }
  }

  /** @throws DamagedCell if the result is missing or not what was written */
  async #envelope(key: string): Promise<CellEnvelope> {
    // A cell of another folder, which somebody linked here, is none of this store.
    if (isLink(this.path(key))) throw new DamagedCell('its folder is a link');
    const text = await this.#bytes(key, RESULT);
    try {
      return decodeStoredCell(text.toString('utf8'));
    } catch (error) {
      throw new DamagedCell(`${RESULT} ${(error as Error).message}`, { cause: error });
    }
  }

  async #checked(key: string, name: string, digests: Digests | undefined): Promise<Uint8Array> {
    if (!staysInside(name))
      throw new DamagedCell(`${JSON.stringify(name)} is not below the folder of the cell`);
    const bytes = await this.#bytes(key, name);
    if (digests !== undefined && digests[name] !== digestOf(bytes))
      throw new DamagedCell(`${name} differs from its digest`);
    return bytes;
  }

  async #bytes(key: string, name: string): Promise<Buffer> {
    const path = this.path(key, name);
    try {
      // A store may come from someone else: a pipe never begins, a device never ends, and a link may lead anywhere.
      const facts = await lstat(path);
      if (!facts.isFile() && !facts.isDirectory()) throw new DamagedCell(`${name} is not a regular file`);
      if (facts.size > LARGEST_FILE) throw new DamagedCell(`${name} is larger than any file of a cell`);
      return await readFile(path);
    } catch (error) {
      if (error instanceof DamagedCell) throw error;
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR')
        throw new DamagedCell(`${name} is missing`, { cause: error });
      throw new Error(`cannot read ${path}: ${reason(error)}`, { cause: error });
    }
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
      const digests: Record<string, string> = {};
      for (const [name, content] of files) {
        await writeFlushed(join(part, checkedName(name)), content, this.path(key, name));
        digests[name] = digestOf(content);
      }
      for (const path of await filesBelow(join(part, FOLDER))) {
        digests[relative(part, path).split(sep).join('/')] = digestOf(await readFile(path));
      }
      await writeFlushed(join(part, RESULT), encodeStoredCell(cell, digests), this.path(key, RESULT));
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
      await cp(from.path(key), part, {
        recursive: true,
        mode: constants.COPYFILE_FICLONE,
        // What is neither a file nor a folder is nothing that a cell left.
        filter: async (path) => {
          const facts = await lstat(path);
          return facts.isFile() || facts.isDirectory();
        },
      });
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

  /** @throws InputError if the key is a path: keys come from files that others may have written */
  path(key: string, name = ''): string {
    return join(this.dir, plainName(key, 'the key of a cell'), name);
  }
}

/** The files below a folder, which need not exist; links are neither followed nor listed. */
async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function checkedName(name: string): string {
  if (name === RESULT || name === FOLDER || !/^[\w][\w.-]*$/.test(name))
    throw new Error(`a cell can't leave a file called ${name}`);
  return name;
}
