import { oneLine } from '../../wording/visible-text.ts';

/** Lines of cells as columns, the first line being their heads. */
export function textTable(table: readonly (readonly string[])[]): string {
  // Escapes that printing would put in must not shift the columns.
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
