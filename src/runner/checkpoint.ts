import { lstatSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Checkpoint } from '../contracts/cell.ts';
import { writeFlushed } from '../files/flush.ts';
import { makeFolder } from '../files/make-folder.ts';

/**
 * Partial work of a cell in a single file, so that it is replaced as a whole or not at all. Format: the length of a JSON list
 * of names and sizes (4 bytes, little-endian), the list, and the contents in that order.
 */
export class StoredCheckpoint implements Checkpoint {
  readonly #path: string;
  readonly #part: string;

  /** @param part path to write to before the file is renamed */
  constructor(path: string, part = `${path}.part`) {
    this.#path = path;
    this.#part = part;
  }

  async read(): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
    // A pipe or a link in its place, as somebody else may have put there, is no checkpoint.
    const facts = lstatSync(this.#path, { throwIfNoEntry: false });
    return facts?.isFile() ? decode(await readFile(this.#path)) : undefined;
  }

  async write(files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const list = Buffer.from(JSON.stringify([...files].map(([name, { length }]) => [name, length])));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(list.length);
    makeFolder(dirname(this.#part));
    await writeFlushed(this.#part, Buffer.concat([size, list, ...files.values()]), this.#path);
    await rename(this.#part, this.#path);
  }

  remove(): Promise<void> {
    return rm(this.#path, { force: true });
  }
}

/** Returns undefined if the file is damaged: the cell then starts from the beginning. */
function decode(bytes: Buffer): Map<string, Uint8Array> | undefined {
  try {
    let at = 4 + bytes.readUInt32LE(0);
    const list = JSON.parse(bytes.toString('utf8', 4, at)) as [string, number][];
    const files = new Map<string, Uint8Array>();
    for (const [name, length] of list) {
      files.set(name, Uint8Array.from(bytes.subarray(at, at + length)));
      at += length;
    }
    // False if the file is truncated, or longer than its list says.
    return at === bytes.length ? files : undefined;
  } catch {
    return undefined;
  }
}
