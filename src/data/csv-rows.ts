import { divisionNotes, divisionOf, type Division } from './division.ts';
import { stat } from 'node:fs/promises';
import { InputError } from '../contracts/input-error.ts';
import { counted } from '../wording/counted.ts';
import { csvRecords, separatorOf } from './csv-records.ts';
import { estimateColumns, type EstimateColumn } from './estimate-columns.ts';
import { decodeText, hasDecimalComma, isMissing } from './read-text.ts';
import type { RowSource } from './row-source.ts';
import { signalColumns, type SignalColumn } from './signal-column-names.ts';
import { impossibleBValues, withExactZeros } from '../signal/b-values.ts';
import { readInput } from '../files/read-input.ts';

/** The rows of a CSV file, and its text, so that the file can be written again with added columns. */
export interface CsvRows extends RowSource {
  readonly separator: string;
  readonly lineBreak: '\n' | '\r\n';
  readonly header: string;
  /** Every row as in the file. */
  readonly lines: readonly string[];
}

/** Near the maximum length of a string; larger tables should be NPY files. */
const LARGEST_FILE = 500_000_000;

/**
 * Reads a CSV file whose signal columns are named `b0`, `b10`, … after their b-value in s/mm². Without `b0` the rows count as
 * divided by it, unless the signals are far above 1, or all 1 at the lowest b-value. Empty cells, `NaN` and `n/a` are signals that are not finite.
 * @param added columns that a fit will add, and `status`
 * @throws InputError naming line and column if a signal is not a number, or if an added column exists already
 */
export async function readCsvRows(
  file: string,
  added: readonly EstimateColumn[] = estimateColumns(),
): Promise<CsvRows> {
  const text = await readText(file);
  const separator = separatorOf(text.slice(0, firstBreak(text)));
  const records = csvRecords(text, separator, file);
  const first = records.next();
  if (first.done) throw new InputError(`${file} is empty`);
  const header = first.value.cells.map((name) => name.trim());
  refuseTaken(header, added, file);
  const { columns: signals, repeats } = columnsOf(header, file);
  const fault = impossibleBValues(signals.map(({ b }) => b));
  if (fault !== undefined) throw new InputError(`${file}: ${fault}`);
  const bValues = withExactZeros(signals.map(({ b }) => b));
  const lines: string[] = [];
  const cells: number[] = [];
  for (const record of records) {
    if (record.cells.length !== header.length) {
      throw new InputError(
        `${file}:${record.line}: ${counted(record.cells.length, 'cell')}, but the header has ${counted(header.length, 'column')}`,
      );
    }
    for (const { column } of signals)
      cells.push(signalOf(record.cells[column], header[column], file, record.line));
    lines.push(record.text);
  }
  if (lines.length === 0) throw new InputError(`${file} has a header but no rows`);
  const values = Float64Array.from(cells);
  const width = signals.length;
  const dividedBy = divisionOf(values, bValues);
  const normalised = dividedBy === 'b=0';
  return {
    n: lines.length,
    bValues,
    normalised,
    notes: columnNotes(header, signals, repeats, bValues, dividedBy),
    separator,
    lineBreak: text.includes('\r\n') ? '\r\n' : '\n',
    header: first.value.text,
    lines,
    read: async (from, count, into) => into.set(values.subarray(from * width, (from + count) * width)),
    close: async () => {},
  };
}

function refuseTaken(header: readonly string[], added: readonly EstimateColumn[], file: string): void {
  const names = [...added.map(({ name }) => name), 'status'];
  const taken = header.find((name) => names.includes(name));
  if (taken === undefined) return;
  throw new InputError(
    `${file} already has a column ${taken}, which the fit would write; rename it (true values: ${taken}_true)`,
  );
}

function columnsOf(header: readonly string[], file: string): ReturnType<typeof signalColumns> {
  const found = signalColumns(header);
  if (found.columns.length > 0) return found;
  throw new InputError(
    `${file} has no signal columns: they are named b0, b10, b20, … after their b-value; found ${header.join(', ')}`,
  );
}

function columnNotes(
  header: readonly string[],
  signals: readonly SignalColumn[],
  repeats: readonly string[],
  bValues: Float64Array,
  dividedBy: Division,
): string[] {
  const others = header.filter((_, column) => signals.every((each) => each.column !== column));
  const notes = [
    `columns read as signals, b-values in s/mm²: ${signals.map(({ name }, k) => asRead(name, bValues[k])).join(', ')}`,
  ];
  if (others.length > 0) notes.push(`columns not read: ${others.join(', ')}`);
  if (repeats.length > 0) notes.push(`columns read as repeats: ${repeats.join(', ')}`);
  return [...notes, ...divisionNotes(dividedBy, bValues)];
}

const asRead = (name: string, b: number): string => (name === `b${b}` ? name : `${name} (${b})`);

function signalOf(cell: string, column: string, file: string, line: number): number {
  const word = cell.trim();
  if (isMissing(word)) return NaN;
  if (/^[+-]?inf(inity)?$/i.test(word)) return word.startsWith('-') ? -Infinity : Infinity;
  const value = Number(word);
  if (Number.isNaN(value)) {
    const comma = hasDecimalComma(word)
      ? `: a decimal comma; write a point, as in ${word.replace(',', '.')}`
      : ', not a number';
    throw new InputError(`${file}:${line}: column ${column} holds '${word}'${comma}`);
  }
  return value;
}

async function readText(file: string): Promise<string> {
  const size = (await stat(file).catch(() => undefined))?.size ?? 0;
  if (size > LARGEST_FILE) {
    throw new InputError(
      `${file} has ${size} bytes; tables over ${LARGEST_FILE} bytes are read as .npy only`,
    );
  }
  const text = decodeText(await readInput(file), file);
  if (text.trim() === '') throw new InputError(`${file} is empty`);
  return text;
}

function firstBreak(text: string): number {
  const at = text.search(/[\r\n]/);
  return at < 0 ? text.length : at;
}
