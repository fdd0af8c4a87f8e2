import { InputError } from '../contracts/input-error.ts';
import { LARGEST_TEXT, readInput } from '../files/read-input.ts';

/**
 * Reads a text file: UTF-8, UTF-16 or UTF-32 with a byte order mark, or Windows-1252, as some Windows programs write them.
 * @throws InputError if the file can't be read, is too large, or contains NUL characters, which text does not
 */
export async function readText(file: string): Promise<string> {
  return decodeText(await readInput(file, LARGEST_TEXT), file);
}

/**
 * @param line of the first NUL character, if the bytes are not the whole file
 * @throws InputError if the bytes contain NUL characters
 */
export function decodeText(bytes: Uint8Array, file: string, line?: number): string {
  if (startsWith(bytes, UTF32_LE) || startsWith(bytes, UTF32_BE)) {
    throw new InputError(`${file}:1: is UTF-32; save it as UTF-8`);
  }
  const mark = bytes.length >= 2 ? (bytes[0] << 8) | bytes[1] : 0;
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : undefined;
  const text = encoding === undefined ? decodeBytes(bytes) : new TextDecoder(encoding).decode(bytes);
  const at = text.indexOf('\0');
  if (at < 0) return text;
  const utf16 = text.slice(0, 200).split('\0').length > text.slice(0, 200).length / 3;
  const hint = utf16
    ? 'it seems to be UTF-16 without a byte order mark; save it as UTF-8'
    : 'a text file has none; is it damaged, or another kind of file?';
  const place = line ?? text.slice(0, at).split('\n').length;
  throw new InputError(`${file}:${place}: holds a NUL character: ${hint}`);
}

const UTF32_LE = [0xff, 0xfe, 0, 0];
const UTF32_BE = [0, 0, 0xfe, 0xff];

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, i) => bytes[i] === byte);

/** Decodes UTF-8; bytes that are not UTF-8 are Windows-1252, Excel's encoding of CSV files in western Europe. */
function decodeBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Whether a cell is a missing value: n/a (BIDS), NA (R), NaN, <NA> (pandas), #N/A (Excel), null, None, empty. */
export const isMissing = (word: string): boolean =>
  /^([+-]?nan|n\/?a|<na>|#n\/?a|#(div\/0|value|num|ref|null)!|#name\?|null|none|missing|-|\.)?$/i.test(
    word.trim(),
  );

/** Whether a word is a number with a decimal comma. */
export const hasDecimalComma = (word: string): boolean => /^[+-]?\d+,\d+(e[+-]?\d+)?$/i.test(word);
