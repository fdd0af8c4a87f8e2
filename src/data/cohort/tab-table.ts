import { InputError } from '../../contracts/input-error.ts';
import { csvRecords } from '../csv-records.ts';
import { readText } from '../read-text.ts';

export interface TabRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * Reads a BIDS table: tab-separated, with a header line.
 * @throws InputError if it can't be read or lacks one of the `wanted` columns
 */
export async function readTabTable(file: string, wanted: readonly string[]): Promise<TabRow[]> {
  const text = await readText(file);
  const [header, ...records] = [...csvRecords(text, '\t', file)];
  const names = (header?.cells ?? []).map((name) => name.trim());
  const absent = wanted.find((name) => !names.includes(name));
  if (absent !== undefined) {
    // A config may name any file as a table: what is none is not quoted, since messages end in reports.
    const isTable = names.length > 1 && names.every((name) => /^[\w .()/-]{0,40}$/.test(name));
    const found = names.length === 0 ? 'nothing' : isTable ? names.join(', ') : 'no header of a table';
    throw new InputError(
      `${file}:1: has no column ${absent}; found: ${found}; columns are separated by tabs`,
    );
  }
  return records.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(names.map((name, i) => [name, (cells[i] ?? '').trim()])),
  }));
}
