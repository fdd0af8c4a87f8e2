import { z } from 'zod';
import { CONCURRENT_CELLS, type Row } from '../contracts/metric.ts';
import type { Picture } from '../contracts/picture.ts';
import { digestOf } from '../files/digest.ts';
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

/** The stored result of a cell, apart from its files. */
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

/** What `run.json` records of a finished cell. */
export interface Finished extends Pick<StoredCell, 'seconds' | 'facts'> {
  /** The fitter of its rows; its id if it has none. */
  readonly fitter: string;
}

/** Returns what is recorded of a cell, without its rows. */
export const finishedOf = ({ id, seconds, facts, rows }: StoredCell): Finished => ({
  seconds,
  facts,
  fitter: rows[0]?.method ?? id,
});

export type StoredPicture = Omit<Picture, 'values'> & { readonly file: string };

/** The SHA-256 of every file of a cell, by its path in the cell's folder. */
export type Digests = Readonly<Record<string, string>>;

/** What `result.json` holds: the cell, and the digests of its files. */
export interface CellEnvelope {
  readonly cell: StoredCell;
  /** Absent in results of 0.1, which can't be checked. */
  readonly digests?: Digests;
  /** Digest of all of the cell, its files included; of results of 0.1, of the result alone. */
  readonly digest: string;
}

/** The beginning of `result.json`: the digest of all that follows it. */
const HEAD = /^\{ "digest": "([0-9a-f]{64})",/;

/**
 * Returns the text of `result.json`. It starts with the digest of the rest, so that any change to it is noticed. JSON has no NaN
 * or infinity, but rows do, for instance where an interval is unknown: they are written as strings.
 */
export function encodeStoredCell(cell: StoredCell, digests: Digests): string {
  const named = (_key: string, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  const rest = JSON.stringify({ digests, ...cell }, named, 1).slice(1) + '\n';
  return `{ "digest": "${digestOf(rest)}",${rest}`;
}

/**
 * In version 0.1 the method of a row was called `fitter`, its factor `concurrent_cells` `beside`, and the quantity of a picture
 * `shows`.
 */
function renamed(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || !('fitter' in entry)) return entry;
  const { fitter, shows, factors, ...rest } = entry as {
    fitter: unknown;
    shows?: unknown;
    factors?: Row['factors'];
  };
  return {
    ...rest,
    method: fitter,
    ...(shows === undefined ? {} : { quantity: shows }),
    ...(factors === undefined ? {} : { factors: withConcurrentCells(factors) }),
  };
}

function withConcurrentCells(factors: Row['factors']): Row['factors'] {
  if (!('beside' in factors)) return factors;
  const { beside, ...others } = factors;
  return { ...others, [CONCURRENT_CELLS]: beside };
}

/** Any number: those that JSON lacks are the strings that `encodeStoredCell` writes. */
const Numeric = z.union([
  z.number(),
  z.enum(['NaN', 'Infinity', '-Infinity']).transform((value) => Number(value)),
]);
const Factors = z.record(z.string(), z.union([z.string(), z.number()]));

const StoredRow = z.object({
  experiment: z.string(),
  method: z.string(),
  factors: Factors,
  parameter: z.string(),
  metric: z.string(),
  value: Numeric,
  ciLow: Numeric,
  ciHigh: Numeric,
  unit: z.string(),
  n: z.number(),
});

const Stored = z.object({
  id: z.string(),
  task: z.string(),
  rows: z.array(z.preprocess(renamed, StoredRow)),
  notes: z.array(z.string()),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  files: z.array(z.string()),
  pictures: z
    .array(
      z.preprocess(
        renamed,
        z.object({
          experiment: z.string(),
          method: z.string(),
          factors: Factors,
          quantity: z.string(),
          legend: z.array(z.string()).optional(),
          width: z.int().positive(),
          height: z.int().positive(),
          pixel: z.tuple([z.number(), z.number()]),
          file: z.string(),
        }),
      ),
    )
    .optional(),
  publishes: z.record(z.string(), z.string()).optional(),
  seconds: z.number(),
  writer: z.object({ machine: z.string(), versions: z.record(z.string(), z.string()), store: z.string() }),
  digests: z.record(z.string(), z.string()).optional(),
});

/**
 * Decodes `result.json`.
 * @throws Error with the reason if the text was changed since it was written, or is not the result of a cell
 */
export function decodeStoredCell(text: string): CellEnvelope {
  const [head, digest] = HEAD.exec(text) ?? ['', undefined];
  const rest = text.slice(head.length);
  const actual = digestOf(rest);
  if (digest !== undefined && actual !== digest) throw new Error('differs from its digest');
  const found = Stored.safeParse(parsed(digest === undefined ? text : `{${rest}`));
  if (!found.success) {
    const [{ path, message }] = found.error.issues;
    throw new Error(`is not the result of a cell: ${path.join('.') || 'all of it'}: ${message}`);
  }
  const { digests, ...cell } = found.data;
  // Results of 0.1 have neither.
  if ((digest === undefined) !== (digests === undefined)) throw new Error('has lost a digest');
  return { cell, digest: actual, ...(digests === undefined ? {} : { digests }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('is not JSON');
  }
}
