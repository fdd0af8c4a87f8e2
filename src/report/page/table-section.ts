import type { Column, Line, Table, TableContent, TableValue } from '../../contracts/table.ts';
import { isNumeric, readable, shownColumns } from '../../tables/reading/readable.ts';
import type { BuiltTable } from '../write-tables.ts';
import { escapeHtml, prose } from './html.ts';

/** Up to so many lines a table that stands alone is shown unfolded, and one below its figure. */
const SHORT = { alone: 24, below: 8 };
/** Paper has the folded tables as well, up to this length; longer ones are left to their files. */
const PRINTED = 60;
/** Of tables with more lines or columns than these, a page has the first ones of each part, and the file has all. */
const SHOWN = { lines: 500, columns: 40 };
const EXCERPT = 50;
/** From so many columns on, paper sets a table smaller. */
const WIDE = 11;

/** A table as a page shows it. */
export interface ShownTable extends Pick<BuiltTable, 'name' | 'content' | 'failure'> {
  readonly table: Pick<Table, 'title' | 'caption'>;
  /** The file that holds it, beside the page. */
  readonly file?: string;
}

/**
 * A table with its caption, or why it is not there. Long ones are folded, and divided by parameter.
 * @param alone whether it has the heading for itself; otherwise it is one of several things below it, and says its title
 */
export function tableParts(
  { name, table, content, failure, file = `tables/${name}.csv` }: ShownTable,
  alone: boolean,
): string {
  const id = `table-${escapeHtml(name)}`;
  if (content === undefined) {
    return `<p class="warning" id="${id}">This table could not be built: ${escapeHtml(failure ?? 'no reason was given')}</p>`;
  }
  const shown = shownColumns(content);
  const lines = shown.lines.length;
  const groups = byParameter(shown).map((group) => excerpt(group, lines > SHOWN.lines));
  const short = lines > SHOWN.lines || shown.columns.length > SHOWN.columns;
  const rest = short
    ? `<p>${prose(excerptText(shown, groups))} <a href="${escapeHtml(file)}">${escapeHtml(file)}</a>.</p>`
    : '';
  const inside = `<p>${prose(table.caption)}</p>${rest}${groups
    .map((group) => sortable(table.title, group))
    .join('\n')}`;
  if (alone && lines <= SHORT.alone) return `<div class="table" id="${id}">${inside}</div>`;
  const unprinted = lines > PRINTED ? ' unprinted' : '';
  return `<details class="table${unprinted}" id="${id}"${lines <= SHORT.below ? ' open' : ''}><summary>Table: ${escapeHtml(table.title)} <span class="size">(${lines} ${lines === 1 ? 'line' : 'lines'}${unprinted === '' ? '' : `<span class="on-paper">, in ${escapeHtml(file)}</span>`})</span></summary>${inside}</details>`;
}

/** Longer texts are broken into lines. */
const LONG = 24;

interface Group {
  /** What all lines have in common; '' where they were not divided. */
  readonly heading: string;
  readonly columns: readonly Column[];
  readonly lines: readonly Line[];
}

/** One table per parameter where there are several, since their units and sizes differ. */
function byParameter({ columns, lines }: TableContent): Group[] {
  const place = columns.findIndex(({ name }) => name === 'parameter');
  const nameOf = (line: Line) => readable(line.values[place], columns[place], line).text;
  const names = place < 0 ? [] : [...new Set(lines.map(nameOf))];
  if (names.length < 2 || lines.length <= SHORT.below) return [{ heading: '', columns, lines }];
  return names.map((heading) => ({
    heading,
    columns: columns.toSpliced(place, 1),
    lines: lines
      .filter((line) => nameOf(line) === heading)
      .map((line) => ({ ...line, values: line.values.toSpliced(place, 1) })),
  }));
}

/** A group without what is too much for a page. */
const excerpt = ({ heading, columns, lines }: Group, fewLines: boolean): Group => ({
  heading,
  columns: columns.slice(0, SHOWN.columns),
  lines: lines
    .slice(0, fewLines ? EXCERPT : lines.length)
    .map((line) => ({ ...line, values: line.values.slice(0, SHOWN.columns) })),
});

/** The beginning of the sentence that ends with the file: what of a table is shown. */
function excerptText({ columns, lines }: TableContent, groups: readonly Group[]): string {
  const shown = groups.reduce((sum, group) => sum + group.lines.length, 0);
  const parts = [
    ...(shown < lines.length ? [`${shown} of ${lines.length} lines`] : []),
    ...(columns.length > SHOWN.columns ? [`${SHOWN.columns} of ${columns.length} columns`] : []),
  ];
  return `Shown are the first ${parts.join(' and ')}; all are in`;
}

/** Columns sort at a click: each cell carries what it is sorted by. */
function sortable(title: string, { heading, columns, lines }: Group): string {
  const numeric = columns.map((_, i) => isNumeric(lines.map(({ values }) => values[i])));
  const head = columns.map(
    ({ label }, i) =>
      `<th scope="col"${numeric[i] ? ' class="number"' : ''} aria-sort="none"><button type="button">${escapeHtml(label)}</button></th>`,
  );
  const body = lines.map((line) => {
    const cells = columns.map((column, i) => cell(line.values[i], column, line, numeric[i]));
    return `<tr>${cells.join('')}</tr>`;
  });
  const name = heading === '' ? title : `${title}: ${heading}`;
  const caption = heading === '' ? '' : `<caption>${escapeHtml(heading)}</caption>`;
  const wide = columns.length >= WIDE ? ' wide' : '';
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(name)}"><table class="data${wide}">${caption}<thead><tr>${head.join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>`;
}

function cell(value: TableValue, column: Column, line: Line, numeric: boolean): string {
  const { text, interval, best, order } = readable(value, column, line);
  const shown = best ? `<strong>${escapeHtml(text)}</strong>` : escapeHtml(text);
  const range = interval === undefined ? '' : ` <span class="interval">${escapeHtml(interval)}</span>`;
  const sortBy = order === null ? '' : ` data-order="${escapeHtml(String(order))}"`;
  const kind = numeric ? ' class="number"' : text.length > LONG ? ' class="long"' : '';
  return `<td${kind}${sortBy}>${shown}${range}</td>`;
}
