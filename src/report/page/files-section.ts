import type { DrawnFigure } from '../write-figures.ts';
import type { BuiltTable } from '../write-tables.ts';
import { escapeHtml } from './html.ts';

/** Links to the files of a run, which lie beside the page. */
export function filesSection(tables: readonly BuiltTable[], figures: readonly DrawnFigure[]): string {
  const link = (path: string, text: string) => `<a href="${escapeHtml(path)}">${escapeHtml(text)}</a>`;
  const items = [
    ...tables
      .filter(({ content }) => content !== undefined)
      .map(({ name, table }) => {
        const files = [
          link(`tables/${name}.csv`, 'CSV'),
          ...(table.csvOnly ? [] : [link(`tables/${name}.md`, 'Markdown')]),
        ];
        return `<li>${escapeHtml(table.title)}: ${files.join(', ')}</li>`;
      }),
    ...figures
      .filter(({ drawing }) => drawing !== undefined)
      .map(({ name, figure }) => {
        const files = [
          ['svg', 'SVG'],
          ['png', 'PNG'],
          ['vl.json', 'Vega-Lite'],
        ].map(([extension, text]) => link(`figures/${name}.${extension}`, text));
        return `<li>${escapeHtml(figure.title)}: ${files.join(', ')}</li>`;
      }),
    `<li>The record of the run: ${link('run.json', 'run.json')}</li>`,
  ];
  return `<section id="files"><h2>Files</h2><p>In the folder of the run, beside this page.</p><ul class="files">${items.join('')}</ul></section>`;
}
