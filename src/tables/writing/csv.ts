import { visibleText } from '../../wording/visible-text.ts';
import type { ValueWithInterval, TableContent, TableValue } from '../../contracts/table.ts';

const LINES_OF_PIECE = 1000;

/**
 * A table as CSV (RFC 4180, but with plain line feeds): numbers with every digit they have, nothing where nothing is
 * known, an interval as three columns `name`, `name_ci_low`, `name_ci_high`.
 */
export const toCsv = (content: TableContent): string => csvPieces(content).join('');

/** The text of `toCsv` in pieces, which together may be longer than what is held twice in memory. */
export function csvPieces({ columns, lines }: TableContent): string[] {
  const asInterval = columns.map((_, i) => lines.some(({ values }) => isInterval(values[i])));
  const header = columns.flatMap(({ name }, i) =>
    asInterval[i] ? [name, `${name}_ci_low`, `${name}_ci_high`] : [name],
  );
  const lineOf = ({ values }: TableContent['lines'][number]): string => {
    const fields = columns.flatMap((_, i) => {
      const value = values[i];
      if (isInterval(value)) return [field(value.value), field(value.low), field(value.high)];
      return asInterval[i] ? [field(value), '', ''] : [field(value)];
    });
    return fields.join(',');
  };
  const pieces = [`${header.map(field).join(',')}\n`];
  for (let from = 0; from < lines.length; from += LINES_OF_PIECE) {
    pieces.push(
      `${lines
        .slice(from, from + LINES_OF_PIECE)
        .map(lineOf)
        .join('\n')}\n`,
    );
  }
  return pieces;
}

const isInterval = (value: TableValue): value is ValueWithInterval =>
  typeof value === 'object' && value !== null && 'low' in value;

/**
 * Spreadsheets compute a cell that begins with one of these. Names come from strangers' files: an apostrophe in front makes them
 * text, there and for people.
 */
const withoutFormula = (text: string): string => (/^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text);

function field(value: Exclude<TableValue, ValueWithInterval>): string {
  if (value === null || Number.isNaN(value)) return '';
  const text =
    typeof value === 'string'
      ? withoutFormula(visibleText(value))
      : typeof value === 'object'
        ? value.raw
        : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
