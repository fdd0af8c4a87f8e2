import { oneLine } from '../../wording/visible-text.ts';

/** Formats lines of cells in aligned columns; the first line is the header. */
export function textTable(table: readonly (readonly string[])[]): string {
  // Escaped before the widths are measured, since escapes change them.
  const lines = table.map((line) => line.map(oneLine));
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
