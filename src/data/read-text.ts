import { readFile } from 'node:fs/promises';
import { InputError } from '../contracts/input-error.ts';
import { reason } from '../files/reason.ts';

/**
 * Reads a text file: UTF-8, or UTF-16 with a byte order mark, as some Windows programs write it.
 * @throws InputError if the file can't be read or contains NUL characters, which text does not
 */
export async function readText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new InputError(`cannot read ${file}: ${reason(error)}`, { cause: error });
  }
  return decodeText(bytes, file);
}

/** @throws InputError if the bytes contain NUL characters */
export function decodeText(bytes: Uint8Array, file: string): string {
  const mark = bytes.length >= 2 ? (bytes[0] << 8) | bytes[1] : 0;
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  const at = text.indexOf('\0');
  if (at < 0) return text;
  const utf16 = text.slice(0, 200).split('\0').length > text.slice(0, 200).length / 3;
  const hint = utf16
    ? 'it seems to be UTF-16 without a byte order mark; save it as UTF-8'
    : 'a text file has none; is it damaged, or another kind of file?';
  const line = text.slice(0, at).split('\n').length;
  throw new InputError(`${file}:${line}: holds a NUL character: ${hint}`);
}

/** Whether a cell is a missing value, in the usual notations: n/a (BIDS), NA (R), NaN, null, None, empty. */
export const isMissing = (word: string): boolean =>
  /^([+-]?nan|n\/?a|null|none|missing|-|\.)?$/i.test(word.trim());

/** Whether a word is a number with a decimal comma. */
export const hasDecimalComma = (word: string): boolean => /^[+-]?\d+,\d+(e[+-]?\d+)?$/i.test(word);
