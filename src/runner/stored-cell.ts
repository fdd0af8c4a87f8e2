import { CONCURRENT_CELLS, type Row } from '../contracts/metric.ts';
import type { Picture } from '../contracts/picture.ts';
import { hashOf } from './hash.ts';

/** Where and with which versions a cell was run. */
export interface Writer {
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  /** The store the result was written to: timings are valid only there. */
  readonly store: string;
}

/** Timings are reused only on the same machine, with the same versions, in the same folder. */
export const sameWriter = ({ writer }: Pick<StoredCell, 'writer'>, here: Writer): boolean =>
  hashOf(writer) === hashOf(here);

/** `result.json`: the stored result of a cell, apart from its files. */
export interface StoredCell {
  readonly id: string;
  readonly task: string;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  readonly facts: Readonly<Record<string, string | number>>;
  readonly files: readonly string[];
  /** Pictures, each with its values in a float32 file; absent if there are none. */
  readonly pictures?: readonly StoredPicture[];
  /** Path in the run's folder to the name of one of `files`; absent if nothing is published. */
  readonly publishes?: Readonly<Record<string, string>>;
  /** Running time, in seconds. */
  readonly seconds: number;
  readonly writer: Writer;
}

export type StoredPicture = Omit<Picture, 'values'> & { readonly file: string };

/** JSON has no NaN or infinity, but rows do, for instance where an interval is unknown. */
export function encodeStoredCell(cell: StoredCell): string {
  const named = (_key: string, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return JSON.stringify(cell, named, 1) + '\n';
}

/**
 * In version 0.1 the method of a row was called `fitter`, its factor `concurrent_cells` `beside`, and the quantity of a picture
 * `shows`.
 */
function renamed<T extends object>(entry: T): T {
  if (!('fitter' in entry)) return entry;
  const { fitter, shows, factors, ...rest } = entry as T & {
    fitter: unknown;
    shows?: unknown;
    factors?: Row['factors'];
  };
  return {
    ...rest,
    method: fitter,
    ...(shows === undefined ? {} : { quantity: shows }),
    ...(factors === undefined ? {} : { factors: withConcurrentCells(factors) }),
  } as unknown as T;
}

function withConcurrentCells(factors: Row['factors']): Row['factors'] {
  if (!('beside' in factors)) return factors;
  const { beside, ...others } = factors;
  return { ...others, [CONCURRENT_CELLS]: beside };
}

const NUMBERS = new Set(['value', 'ciLow', 'ciHigh']);

/** @throws Error if the text is not what `encodeStoredCell` writes */
export function decodeStoredCell(text: string): StoredCell {
  const cell = JSON.parse(text, (key, value: unknown) =>
    typeof value === 'string' && NUMBERS.has(key) ? Number(value) : value,
  ) as StoredCell;
  if (!Array.isArray(cell?.rows)) throw new Error('not the result of a cell');
  const { rows, pictures } = cell;
  return {
    ...cell,
    rows: rows.map(renamed),
    ...(pictures ? { pictures: pictures.map(renamed) } : {}),
  };
}
