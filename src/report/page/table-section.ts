import type { TableContent } from '../../contracts/table.ts';
import { isNumeric, readable, shownColumns } from '../../tables/reading/readable.ts';
import type { BuiltTable } from '../write-tables.ts';
import { escapeHtml, prose } from './html.ts';

/** A table with its caption, or why it is not there. */
export function tableSection({ name, table, content, failure }: BuiltTable): string {
  const title = escapeHtml(table.title);
  const shown =
    content === undefined
      ? `<p class="warning">This table could not be built: ${escapeHtml(failure ?? 'no reason was given')}</p>`
      : sortable(title, content);
  return `<section id="table-${escapeHtml(name)}"><h2>${title}</h2><p>${prose(table.caption)}</p>
${shown}</section>`;
}

/** Columns sort at a click: each cell carries what it is sorted by. */
function sortable(title: string, content: TableContent): string {
  const { columns, lines } = shownColumns(content);
  const numeric = columns.map((_, i) => isNumeric(lines.map(({ values }) => values[i])));
  const head = columns.map(
    ({ label }, i) =>
      `<th scope="col"${numeric[i] ? ' class="number"' : ''} aria-sort="none"><button type="button">${escapeHtml(label)}</button></th>`,
  );
  const body = lines.map((line) => {
    const cells = columns.map((column, i) => {
      const { text, interval, best, order } = readable(line.values[i], column, line);
      const shown = best ? `<strong>${escapeHtml(text)}</strong>` : escapeHtml(text);
      const range = interval === undefined ? '' : ` <span class="interval">${escapeHtml(interval)}</span>`;
      const sortBy = order === null ? '' : ` data-order="${escapeHtml(String(order))}"`;
      return `<td${numeric[i] ? ' class="number"' : ''}${sortBy}>${shown}${range}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="data"><thead><tr>${head.join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>`;
}
