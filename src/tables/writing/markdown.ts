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

const escape = (text: string): string => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
