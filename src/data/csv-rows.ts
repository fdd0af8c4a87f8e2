import { divisionNotes, divisionOf, ROWS_JUDGED, type Division } from './division.ts';
import { InputError } from '../contracts/input-error.ts';
import { counted } from '../wording/counted.ts';
import { separatorOf, type CsvRecord } from './csv-records.ts';
import { CsvText, type CsvPlace } from './csv-text.ts';
import { estimateColumns, type EstimateColumn } from './estimate-columns.ts';
import { hasDecimalComma, isMissing } from './read-text.ts';
import type { RowSource } from './row-source.ts';
import { signalColumns, type SignalColumn } from './signal-column-names.ts';
import { impossibleBValues, withExactZeros } from '../signal/b-values.ts';

/** The rows of a CSV file, read in pieces, and its lines, so that the file can be written again with added columns. */
export interface CsvRows extends RowSource {
  readonly separator: string;
  readonly lineBreak: '\n' | '\r\n';
  readonly header: string;
  /** Calls `visit` with every row as in the file, some thousands at a time. */
  eachLine(visit: (lines: readonly string[]) => Promise<void>): Promise<void>;
}

/** The place of every row of this multiple is kept, from which reading goes on. */
const ROWS_OF_BLOCK = 4096;

/**
 * Opens a CSV file whose signal columns are named `b0`, `b10`, … after their b-value in s/mm². Without `b0` the rows count as
 * divided by it, unless the signals are far above 1, or all 1 at the lowest b-value. Empty cells, `NaN` and `n/a` are signals that are not finite.
 * All rows are checked first, and read a second time when they are fitted, so that no file is too large for the memory.
 * @param added columns that a fit will add, and `status`
 * @throws InputError naming line and column if a signal is not a number, or if an added column exists already
 */
export async function readCsvRows(
  file: string,
  added: readonly EstimateColumn[] = estimateColumns(),
): Promise<CsvRows> {
  const text = await CsvText.open(file);
  try {
    return await checkedRows(text, added);
  } catch (error) {
    await text.close();
    throw error;
  }
}

async function checkedRows(text: CsvText, added: readonly EstimateColumn[]): Promise<CsvRows> {
  const { file } = text;
  let table: ReturnType<typeof tableOf> | undefined;
  let header: CsvRecord | undefined;
  let n = 0;
  const blocks: CsvPlace[] = [];
  const judged: number[] = [];
  const separator = await separatorIn(text);
  for await (const records of text.records(separator)) {
    for (const record of records) {
      if (!table) {
        header = record;
        table = tableOf(text, record, added);
        continue;
      }
      checkCells(record, table.header, file);
      if (n % ROWS_OF_BLOCK === 0) blocks.push(record);
      const judging = n < ROWS_JUDGED;
      for (const { column } of table.signals) {
        const value = signalOf(record, column, table.header, text);
        if (judging) judged.push(value);
      }
      n++;
    }
  }
  if (!table || !header) throw new InputError(`${file} is empty`);
  if (n === 0) throw new InputError(`${file} has a header but no rows`);
  const { bValues, signals, repeats } = table;
  // Only now it is known how the file is encoded.
  const names = namesOf(text, header);
  const dividedBy = divisionOf(Float64Array.from(judged), bValues);
  const places = blocks.map(({ at, line }) => ({ at, line }));
  return {
    n,
    bValues,
    normalised: dividedBy === 'b=0',
    notes: columnNotes(names, signals, repeats, bValues, dividedBy),
    separator,
    lineBreak: text.windows ? '\r\n' : '\n',
    header: text.decoded(header.text),
    async read(from, count, into) {
      const block = Math.floor(from / ROWS_OF_BLOCK);
      let row = block * ROWS_OF_BLOCK;
      for await (const records of text.records(separator, places[block])) {
        for (const record of records) {
          if (row >= from + count) return;
          const at = (row - from) * signals.length;
          if (row >= from)
            signals.forEach(({ column }, k) => (into[at + k] = signalOf(record, column, names, text)));
          row++;
        }
      }
    },
    async eachLine(visit) {
      for await (const records of text.records(separator, places[0])) {
        await visit(records.map((record) => text.decoded(record.text)));
      }
    },
    close: () => text.close(),
  };
}

/** The header of a table as a person wrote it, and what its columns mean. */
function tableOf(text: CsvText, record: CsvRecord, added: readonly EstimateColumn[]) {
  const header = namesOf(text, record);
  refuseTaken(header, added, text.file);
  const { columns: signals, repeats } = columnsOf(header, text.file);
  const fault = impossibleBValues(signals.map(({ b }) => b));
  if (fault !== undefined) throw new InputError(`${text.file}: ${fault}`);
  return { header, signals, repeats, bValues: withExactZeros(signals.map(({ b }) => b)) };
}

const namesOf = (text: CsvText, { cells }: CsvRecord): string[] =>
  cells.map((name) => text.decoded(name).trim());

/** No text has it. */
const NO_SEPARATOR = '\0';

/** The separator of the first line that is not blank. */
async function separatorIn(text: CsvText): Promise<string> {
  for await (const [first] of text.records(NO_SEPARATOR)) return separatorOf(first.text);
  throw new InputError(`${text.file} is empty`);
}

function checkCells({ cells, line }: CsvRecord, header: readonly string[], file: string): void {
  if (cells.length === header.length) return;
  throw new InputError(
    `${file}:${line}: ${counted(cells.length, 'cell')}, but the header has ${counted(header.length, 'column')}`,
  );
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

function signalOf(
  { cells, line }: CsvRecord,
  column: number,
  header: readonly string[],
  text: CsvText,
): number {
  const cell = cells[column];
  const value = Number(cell);
  // An empty cell would be 0.
  if (!Number.isNaN(value) && cell.trim() !== '') return value;
  const word = text.decoded(cell).trim();
  if (isMissing(word)) return NaN;
  if (/^[+-]?inf(inity)?$/i.test(word)) return word.startsWith('-') ? -Infinity : Infinity;
  const decoded = Number(word);
  if (!Number.isNaN(decoded)) return decoded;
  const comma = hasDecimalComma(word)
    ? `: a decimal comma; write a point, as in ${word.replace(',', '.')}`
    : ', not a number';
  throw new InputError(`${text.file}:${line}: column ${header[column]} holds '${word}'${comma}`);
}
