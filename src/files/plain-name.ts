import { InputError } from '../contracts/input-error.ts';
import { digestOf } from './digest.ts';

/** Names that Windows keeps for devices, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Whether a name stays in its folder on every system: not a path, not hidden, no character that a file system refuses, and
 * not a device of Windows.
 */
export const isPlainName = (name: string): boolean =>
  name.length > 0 &&
  Buffer.byteLength(name) <= 255 &&
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  !/[/\\:*?"<>|\u0000-\u001f\u007f]/.test(name) &&
  !/^[.\s]|[.\s]$/.test(name) &&
  !DEVICE.test(name);

/** Whether a path with `/` between its parts consists of plain names. */
export const isPlainPath = (path: string): boolean => path.split('/').every(isPlainName);

/** Whether a path with `/` between its parts leads to a place below its folder; hidden files and odd characters are allowed. */
export const staysInside = (path: string): boolean =>
  !path.includes('\0') &&
  !/\\|^[a-zA-Z]:/.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** Names that are equal by this are one file on systems whose file names differ neither in case nor in composition. */
export const foldedName = (name: string): string => name.normalize('NFC').toLowerCase();

/**
 * Returns the name.
 * @param what what the name is for, as in "the key of a cell"
 * @throws InputError if it is a path, hidden, or not a name on every system
 */
export function plainName(name: string, what: string): string {
  if (isPlainName(name)) return name;
  throw new InputError(
    `found ${JSON.stringify(name)} as ${what}; allowed: a plain name, without folders, leading dots or the names of devices`,
  );
}

/**
 * Returns a plain name for a folder or file of that name. Characters other than letters, digits, `_`, `.` and `-` become `_`;
 * the name then ends in a few digits that tell it from others which became the same, such as `Müller` and `M_ller`.
 */
export function fileNameOf(name: string): string {
  const safe = name
    .replace(/[^\w.-]+/g, '_')
    .replace(/^\.+|\.+$/g, '_')
    .slice(0, 100);
  return safe === name && isPlainName(safe)
    ? safe
    : `${safe.replaceAll('.', '_')}-${digestOf(name).slice(0, 6)}`;
}

/** Plain names for folders, or parts of one, of all names but empty ones: what is a single one has none. */
export const fileNamesOf = (...names: readonly string[]): string[] =>
  names.filter((name) => name !== '').map(fileNameOf);
