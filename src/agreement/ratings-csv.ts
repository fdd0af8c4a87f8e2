import { InputError } from '../contracts/input-error.ts';
import { csvRecords, separatorOf } from '../data/csv-records.ts';
import { hasDecimalComma, isMissing } from '../data/read-text.ts';
import { counted, oneOrMore } from '../wording/counted.ts';
import type { Ratings } from './ratings.ts';

const COLUMNS = ['target', 'rater', 'value'] as const;
type Column = (typeof COLUMNS)[number];

export interface RatingsTable {
  /** Targets and raters in the order of their first occurrence; a missing rating is NaN. */
  readonly ratings: Ratings;
  /** Lines with a missing value. */
  readonly emptyLines: readonly number[];
  /** Columns that were not read. */
  readonly ignored: readonly string[];
}

/** One line of the file; targets and raters by their indices. */
interface Row {
  readonly line: number;
  readonly target: number;
  readonly rater: number;
  readonly value: number;
}

/** A larger table is probably not one of ratings, but one whose columns were mistaken. */
const LARGEST_TABLE = 20_000_000;

/**
 * Parses ratings from a CSV text with the columns `target`, `rater` and `value` in any order, one rating per line. A value that
 * is empty, n/a or NaN (see `isMissing`) is missing.
 *
 * @param file its name, for messages
 * @throws InputError naming line and column of the fault
 */
export function parseRatings(text: string, file: string): RatingsTable {
  const [firstLine] = text.split(/[\r\n]/, 1);
  const records = csvRecords(text, separatorOf(firstLine), file);
  const first = records.next();
  if (first.done) throw new InputError(`${file} is empty`);
  const header = first.value.cells.map(inOneLine);
  const places = columnPlaces(header, `${file}:${first.value.line}`);
  const targets = new Map<string, number>();
  const raters = new Map<string, number>();
  const rows: Row[] = [];
  for (const { line, cells } of records) {
    const where = `${file}:${line}`;
    if (cells.length !== header.length) {
      throw new InputError(
        `${where}: ${counted(cells.length, 'cell')}, but the header has ${counted(header.length, 'column')}`,
      );
    }
    const word = (column: Column) => inOneLine(cells[places[column]]);
    const target = numberOf(word('target'), targets, `${where}: column target`);
    const rater = numberOf(word('rater'), raters, `${where}: column rater`);
    rows.push({ line, target, rater, value: ratingOf(word('value'), `${where}: column value`) });
  }
  if (rows.length === 0) throw new InputError(`${file} has a header but no ratings`);
  return {
    ratings: arrange(rows, [...targets.keys()], [...raters.keys()], file),
    emptyLines: rows.filter(({ value }) => Number.isNaN(value)).map(({ line }) => line),
    ignored: header.filter((name) => !(COLUMNS as readonly string[]).includes(name)),
  };
}

/** Quoted cells may contain line breaks; messages may not. */
const inOneLine = (cell: string): string => cell.trim().replace(/\s+/g, ' ');

function columnPlaces(header: readonly string[], where: string): Record<Column, number> {
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new InputError(
      `${where}: no ${oneOrMore(missing.length, 'column', 'columns')} ${missing.join(', ')}; found ${header.join(', ')}`,
    );
  }
  const twice = COLUMNS.find((column) => header.indexOf(column) !== header.lastIndexOf(column));
  if (twice !== undefined) throw new InputError(`${where}: column ${twice} occurs more than once`);
  const [target, rater, value] = COLUMNS.map((column) => header.indexOf(column));
  return { target, rater, value };
}

function numberOf(name: string, known: Map<string, number>, where: string): number {
  if (name === '') throw new InputError(`${where} is empty`);
  const number = known.get(name) ?? known.size;
  known.set(name, number);
  return number;
}

function ratingOf(word: string, where: string): number {
  if (isMissing(word)) return NaN;
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : NaN;
  if (Number.isFinite(value)) return value;
  const fault = hasDecimalComma(word)
    ? `: a decimal comma; write a point, as in ${word.replace(',', '.')}`
    : ', not a finite number';
  throw new InputError(`${where} holds '${word}'${fault}`);
}

function arrange(
  rows: readonly Row[],
  targetNames: readonly string[],
  raterNames: readonly string[],
  file: string,
): Ratings {
  const targets = targetNames.length;
  const raters = raterNames.length;
  if (targets * raters > LARGEST_TABLE) {
    throw new InputError(
      `${file}: ${counted(rows.length, 'rating')} of ${counted(targets, 'target')} by ${counted(raters, 'rater')}; each rater must rate each target once`,
    );
  }
  const values = new Float64Array(targets * raters).fill(NaN);
  const lines = new Uint32Array(values.length);
  for (const { line, target, rater, value } of rows) {
    const at = target * raters + rater;
    if (lines[at] > 0) {
      throw new InputError(
        `${file}:${line}: columns target, rater: ${targetNames[target]} was rated by ${raterNames[rater]} on line ${lines[at]} already`,
      );
    }
    values[at] = value;
    lines[at] = line;
  }
  return { targets, raters, values, targetNames, raterNames };
}
