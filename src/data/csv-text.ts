import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../contracts/input-error.ts';
import { openInput, readInput } from '../files/read-input.ts';
import { csvRecords, type CsvRecord } from './csv-records.ts';
import { decodeText } from './read-text.ts';

/** So much of a file is in memory at once, unless a record is longer. */
const BYTES_AT_ONCE = 4 * 2 ** 20;

/** UTF-16 is read as a whole: near the maximum length of a string. */
const LARGEST_UTF16 = 500_000_000;

/** Where a record begins. */
export interface CsvPlace {
  /** Byte in the file. */
  readonly at: number;
  /** Number of the line, counting from 1. */
  readonly line: number;
}

/**
 * The text of a CSV file, read in pieces that end with a record. Separators, quotes and line breaks are single bytes in UTF-8 and in
 * Windows-1252, so that records are found in the bytes, and only what is not ASCII has to be decoded.
 */
export class CsvText {
  readonly file: string;
  readonly #handle: FileHandle | undefined;
  readonly #memory: Buffer | undefined;
  readonly #size: number;
  /** Where the text begins: after a byte order mark. */
  readonly start: CsvPlace;
  #utf8 = true;
  #windows = false;

  private constructor(file: string, source: FileHandle | Buffer, size: number, start: number) {
    this.file = file;
    if (Buffer.isBuffer(source)) this.#memory = source;
    else this.#handle = source;
    this.#size = size;
    this.start = { at: start, line: 1 };
  }

  /** @throws InputError if the file can't be read, or is UTF-32 */
  static async open(file: string): Promise<CsvText> {
    const { handle, size } = await openInput(file);
    const mark = Buffer.alloc(4);
    const { bytesRead } = await handle.read(mark, 0, 4, 0);
    const head = mark.subarray(0, bytesRead);
    if (
      head.length >= 2 &&
      (head.readUInt16BE(0) === 0xfffe || head.readUInt16BE(0) === 0xfeff || head.readUInt16BE(0) === 0)
    ) {
      await handle.close();
      const text = decodeText(await readInput(file, LARGEST_UTF16), file);
      const bytes = Buffer.from(text);
      return new CsvText(file, bytes, bytes.length, text.startsWith('\uFEFF') ? 3 : 0);
    }
    return new CsvText(file, handle, size, head.subarray(0, 3).equals(UTF8_MARK) ? 3 : 0);
  }

  /** Whether any line ends as on Windows; known of what was read. */
  get windows(): boolean {
    return this.#windows;
  }

  /**
   * Reads records, a piece at a time.
   * @throws InputError if a quoted cell is not closed, or there is a NUL character
   */
  async *records(separator: string, from: CsvPlace = this.start): AsyncGenerator<(CsvRecord & CsvPlace)[]> {
    let { at, line } = from;
    let length = BYTES_AT_ONCE;
    while (at < this.#size) {
      const bytes = await this.#read(at, length);
      const whole = at + bytes.length >= this.#size;
      refuseNul(bytes, line, this.file);
      const text = bytes.toString('latin1');
      const cursor = { at: 0, line };
      const records: (CsvRecord & CsvPlace)[] = [];
      for (const record of csvRecords(text, separator, this.file, { cursor, whole })) {
        records.push({ ...record, at: at + record.at });
      }
      if (cursor.at === 0 && !whole) {
        // A record that is longer than the piece.
        length *= 2;
        continue;
      }
      const used = bytes.subarray(0, cursor.at);
      if (this.#utf8 && !isUtf8(used)) this.#utf8 = false;
      if (!this.#windows && text.includes('\r\n')) this.#windows = true;
      length = BYTES_AT_ONCE;
      at += Math.max(1, cursor.at);
      line = cursor.line;
      if (records.length > 0) yield records;
    }
  }

  /** Decodes text of records: as UTF-8 or, if the file is not that, as Windows-1252, Excel's encoding in western Europe. */
  decoded(text: string): string {
    if (!NOT_ASCII.test(text)) return text;
    const bytes = Buffer.from(text, 'latin1');
    return new TextDecoder(this.#utf8 ? 'utf-8' : 'windows-1252').decode(bytes);
  }

  async #read(at: number, length: number): Promise<Buffer> {
    if (this.#memory) return this.#memory.subarray(at, at + length);
    const bytes = Buffer.allocUnsafe(Math.min(length, this.#size - at));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.#handle!.read(bytes, filled, bytes.length - filled, at + filled);
      if (bytesRead === 0) throw new InputError(`${this.file}: became shorter while it was read`);
      filled += bytesRead;
    }
    return bytes;
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }
}

const UTF8_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);
const NOT_ASCII = /[\x80-\xff]/;

function refuseNul(bytes: Buffer, line: number, file: string): void {
  const at = bytes.indexOf(0);
  if (at < 0) return;
  let breaks = 0;
  for (let i = 0; i < at; i++) if (bytes[i] === 10) breaks++;
  decodeText(bytes, file, line + breaks);
}
