import { oneLine } from '../../wording/visible-text.ts';
import type { Table, TableContent } from '../../contracts/table.ts';
import { isNumeric, readable, shownColumns } from '../reading/readable.ts';

/** A table as Markdown: numbers to the right, rounded, their intervals in brackets, the best of a line in bold. */
export function toMarkdown({ title, caption }: Table, content: TableContent): string {
  const { columns, lines } = shownColumns(content);
  const body = lines.map((line) =>
    columns.map((column, i) => {
      const { text, interval, best } = readable(line.values[i], column, line);
      const shown = best ? `**${escape(text)}**` : escape(text);
      return interval === undefined ? shown : `${shown} (${interval})`;
    }),
  );
  const header = columns.map(({ label }) => escape(label));
  const rule = columns.map((_, i) => (isNumeric(lines.map(({ values }) => values[i])) ? '--:' : ':--'));
  const table = [header, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `# ${title}\n\n${caption}\n\n${table}\n`;
}

/** Names come from strangers' files: they neither steer a terminal nor become HTML, a link or another cell. */
const escape = (text: string): string =>
  oneLine(text).replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('](', ']\\(');
