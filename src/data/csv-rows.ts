import { readFile, stat } from 'node:fs/promises';
import { InputError } from '../contracts/input-error.ts';
import { csvRecords, separatorOf } from './csv-records.ts';
import { estimateColumns, type EstimateColumn } from './estimate-columns.ts';
import type { RowSource } from './row-source.ts';
import { reason } from '../files/reason.ts';

/** The rows of a CSV file, and its text so that the file can be written again with columns added. */
export interface CsvRows extends RowSource {
  readonly separator: string;
  readonly lineBreak: '\n' | '\r\n';
  readonly header: string;
  /** Every row as it is in the file. */
  readonly lines: readonly string[];
}

/** A string can't be longer, and a table of this size belongs into an NPY file anyway. */
const LARGEST_FILE = 500_000_000;

/**
 * Reads a CSV file whose signal columns are named `b0`, `b10`, … after their b-value in s/mm². Without `b0` the rows
 * count as divided by it. Empty cells and `NaN` are signals that are not finite.
 * @param added columns that a fit will add, and `status`
 * @throws InputError naming line and column where a signal is no number, or a column that is there already
 */
export async function readCsvRows(
  file: string,
  added: readonly EstimateColumn[] = estimateColumns(false),
): Promise<CsvRows> {
  const text = await readText(file);
  const separator = separatorOf(text.slice(0, firstBreak(text)));
  const records = csvRecords(text, separator, file);
  const first = records.next();
  if (first.done) throw new InputError(`${file} is empty`);
  const header = first.value.cells.map((name) => name.trim());
  refuseTaken(header, added, file);
  const signals = signalColumns(header, file);
  const bValues = Float64Array.from(signals, ({ b }) => b);
  const lines: string[] = [];
  const cells: number[] = [];
  for (const record of records) {
    if (record.cells.length !== header.length) {
      throw new InputError(
        `${file}:${record.line}: ${record.cells.length} cells, but the header has ${header.length} columns`,
      );
    }
    for (const { column } of signals)
      cells.push(signalOf(record.cells[column], header[column], file, record.line));
    lines.push(record.text);
  }
  if (lines.length === 0) throw new InputError(`${file} has a header but no rows`);
  const values = Float64Array.from(cells);
  const width = signals.length;
  return {
    n: lines.length,
    bValues,
    normalised: !bValues.includes(0),
    notes: [],
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

function signalColumns(header: readonly string[], file: string): { column: number; b: number }[] {
  const columns = header.flatMap((name, column) => {
    const found = /^b(\d+(?:\.\d+)?)$/.exec(name);
    return found ? [{ column, b: Number(found[1]) }] : [];
  });
  if (columns.length === 0) {
    throw new InputError(
      `${file} has no signal columns: they are named b0, b10, b20, … after their b-value; found ${header.join(', ')}`,
    );
  }
  return columns;
}

function signalOf(cell: string, column: string, file: string, line: number): number {
  const word = cell.trim();
  if (word === '' || /^[+-]?(nan|na)$/i.test(word)) return NaN;
  if (/^[+-]?inf(inity)?$/i.test(word)) return word.startsWith('-') ? -Infinity : Infinity;
  const value = Number(word);
  if (Number.isNaN(value))
    throw new InputError(`${file}:${line}: column ${column} holds '${word}', not a number`);
  return value;
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST_FILE) {
      throw new InputError(
        `${file} has ${size} bytes; tables over ${LARGEST_FILE} bytes are read as .npy only`,
      );
    }
    const text = await readFile(file, 'utf8');
    if (text.trim() === '') throw new InputError(`${file} is empty`);
    return text;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`cannot read ${file}: ${reason(error)}`, { cause: error });
  }
}

function firstBreak(text: string): number {
  const at = text.search(/[\r\n]/);
  return at < 0 ? text.length : at;
}
