import { InputError } from '../contracts/input-error.ts';

/** A record of a CSV file (RFC 4180): a line, or several if a quoted cell contains line breaks. */
export interface CsvRecord {
  /** Number of its first line, counting from 1. */
  readonly line: number;
  /** Position of its first character in the text. */
  readonly at: number;
  /** The record as in the file, without its line break. */
  readonly text: string;
  readonly cells: readonly string[];
}

/** Returns the separator of a header line: a comma, or a semicolon or tab if there are more of them. */
export function separatorOf(header: string): string {
  const count = (separator: string) => header.split(separator).length;
  return [';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best), ',');
}

/** A position between records, which moves on with them. */
export interface CsvCursor {
  at: number;
  line: number;
}

/**
 * Iterates over the records of a CSV text, skipping blank lines. Tables separated by tabs have no quoting: a quote there is
 * text (BIDS; IANA text/tab-separated-values).
 * @param part for a text that is a part of a file: where to begin, and whether the file ends with it; if not, the last record, which may go
 * on, is left
 * @throws InputError if a quoted cell is not closed
 */
export function* csvRecords(
  text: string,
  separator: string,
  file: string,
  part?: { readonly cursor: CsvCursor; readonly whole: boolean },
): Generator<CsvRecord> {
  const { cursor, whole } = part ?? {
    cursor: { at: text.startsWith('\uFEFF') ? 1 : 0, line: 1 },
    whole: true,
  };
  while (cursor.at < text.length) {
    const { at, line } = cursor;
    const record = recordAt(text, at, separator);
    const next = text.startsWith('\r\n', record.end) ? record.end + 2 : record.end + 1;
    if (!whole && (record.end < 0 || next >= text.length)) return;
    if (record.end < 0) throw new InputError(`${file}:${line}: a cell that starts with " has no closing "`);
    const body = text.slice(at, record.end);
    cursor.line += record.breaks + 1;
    cursor.at = next;
    if (body.trim() !== '') yield { line, at, text: body, cells: record.cells };
  }
}

/**
 * Parses the record that starts at `start`; `end` is the position of its line break or of the end of the text, -1 if a quote is
 * open.
 */
function recordAt(
  text: string,
  start: number,
  separator: string,
): { cells: string[]; end: number; breaks: number } {
  const cells: string[] = [];
  let breaks = 0;
  let at = start;
  for (;;) {
    let cell = '';
    if (text[at] === '"' && separator !== '\t') {
      const close = closingQuote(text, at + 1);
      if (close < 0) return { cells, end: -1, breaks };
      cell = text.slice(at + 1, close).replaceAll('""', '"');
      breaks += cell.split('\n').length - 1;
      at = close + 1;
    }
    const from = at;
    while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++;
    cells.push(cell + text.slice(from, at));
    if (at >= text.length || text[at] !== separator) return { cells, end: at, breaks };
    at++;
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
