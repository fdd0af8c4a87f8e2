import { CONCURRENT_CELLS, type Row } from '../contracts/metric.ts';
import type { Picture } from '../contracts/picture.ts';
import { hashOf } from './hash.ts';

/** Where and by what a cell was done. */
export interface Writer {
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  /** The store it was written into: results of timing are valid there alone. */
  readonly store: string;
}

/** Timings are those of one machine, one set of versions and one folder, or they are done again. */
export const sameWriter = ({ writer }: Pick<StoredCell, 'writer'>, here: Writer): boolean =>
  hashOf(writer) === hashOf(here);

/** `result.json`: what is kept of a finished cell beside its files. */
export interface StoredCell {
  readonly id: string;
  readonly task: string;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  readonly facts: Readonly<Record<string, string | number>>;
  readonly files: readonly string[];
  /** Pictures, their values in a file of float32 each; absent where there are none. */
  readonly pictures?: readonly StoredPicture[];
  /** Place in the run's folder to the name of one of `files`; absent where nothing is for people. */
  readonly publishes?: Readonly<Record<string, string>>;
  /** Time it took, in seconds. */
  readonly seconds: number;
  readonly writer: Writer;
}

export type StoredPicture = Omit<Picture, 'values'> & { readonly file: string };

/** JSON has no NaN and no infinities: rows have them, where an interval is not known, say. */
export function encodeStoredCell(cell: StoredCell): string {
  const named = (_key: string, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return JSON.stringify(cell, named, 1) + '\n';
}

/** The factors of a row, of which version 0.1 called one `beside`. */
function withConcurrentCells(row: Row): Row {
  if (!('beside' in row.factors)) return row;
  const { beside, ...factors } = row.factors;
  return { ...row, factors: { ...factors, [CONCURRENT_CELLS]: beside } };
}

/** Version 0.1 called the method of a row `fitter`, and what a picture shows `shows`. */
function renamed<T extends object>(entry: T): T {
  if (!('fitter' in entry)) return entry;
  const { fitter, shows, ...rest } = entry as T & { fitter: unknown; shows?: unknown };
  return { ...rest, method: fitter, ...(shows === undefined ? {} : { quantity: shows }) } as unknown as T;
}

const NUMBERS = new Set(['value', 'ciLow', 'ciHigh']);

/** @throws Error where it is not what `encodeStoredCell` wrote */
export function decodeStoredCell(text: string): StoredCell {
  const cell = JSON.parse(text, (key, value: unknown) =>
    typeof value === 'string' && NUMBERS.has(key) ? Number(value) : value,
  ) as StoredCell;
  if (!Array.isArray(cell?.rows)) throw new Error('it is no result of a cell');
  const { rows, pictures } = cell;
  return {
    ...cell,
    rows: rows.map(renamed).map(withConcurrentCells),
    ...(pictures ? { pictures: pictures.map(renamed) } : {}),
  };
}
