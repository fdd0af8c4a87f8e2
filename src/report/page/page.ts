import { readFile } from 'node:fs/promises';
import type { StoredRun } from '../../contracts/stored-run.ts';
import { darkTheme, lightTheme } from '../../figures/look/theme.ts';
import type { DrawnFigure } from '../write-figures.ts';
import type { BuiltTable } from '../write-tables.ts';
import { allFindings } from '../all-findings.ts';
import { environmentSection } from './environment-section.ts';
import { figureSection } from './figure-section.ts';
import { findingsSection } from './findings-section.ts';
import { escapeHtml, scriptJson, scriptSource } from './html.ts';
import { outcomeSection } from './outcome-section.ts';
import { tableSection } from './table-section.ts';
import { vegaScripts } from './vega-scripts.ts';

export interface PageParts {
  readonly run: StoredRun;
  readonly tables: readonly BuiltTable[];
  readonly figures: readonly DrawnFigure[];
}

/** Nothing is fetched and no text is run as code, and the browser is told to refuse both. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";

/** The report as one HTML page that needs nothing but itself; links to the run's files are relative. */
export async function renderPage({ run, tables, figures }: PageParts): Promise<string> {
  const { manifest } = run;
  const live = figures.filter(({ drawing }) => drawing !== undefined);
  const [style, script, vega] = await Promise.all([asset('page.css'), asset('page.js'), vegaScripts()]);
  const sections = [
    outcomeSection(manifest),
    findingsSection(await allFindings(run)),
    ...inOrder(figures, ({ figure }) => figure.order).map(figureSection),
    ...inOrder(tables, ({ table }) => table.order)
      .filter(({ table, content }) => !table.csvOnly || content === undefined)
      .map(tableSection),
    environmentSection(run),
    downloads(
      tables.filter(({ content }) => content !== undefined),
      live,
    ),
  ];
  const data = scriptJson({
    specs: Object.fromEntries(live.map(({ name, drawing }) => [name, drawing?.spec])),
    themes: { light: lightTheme, dark: darkTheme },
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(manifest.title)}</title>
<link rel="icon" href="data:,">
<style>
${style}</style>
</head>
<body>
<header>
<p class="kind">ivim-bench · ${escapeHtml(manifest.experiment)}</p>
<h1>${escapeHtml(manifest.title)}</h1>
<p class="provenance">${escapeHtml(provenance(run))}</p>
</header>
<main>
${sections.filter((section) => section !== '').join('\n')}
</main>
<script type="application/json" id="data">${data}</script>
${live.length > 0 ? vega.map((source) => `<script>${source}</script>`).join('\n') : ''}
<script>
${scriptSource(script)}</script>
</body>
</html>
`;
}

const asset = (name: string): Promise<string> =>
  readFile(new URL(`../assets/${name}`, import.meta.url), 'utf8');

function inOrder<T>(parts: readonly T[], order: (part: T) => number | undefined): T[] {
  return [...parts].sort((a, b) => (order(a) ?? 100) - (order(b) ?? 100));
}

function provenance({ manifest }: StoredRun): string {
  const version = manifest.versions['ivim-bench'];
  return [
    `Run of ${manifest.started.slice(0, 10)}`,
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(manifest.git === null
      ? []
      : [`commit ${manifest.git.commit.slice(0, 10)}${manifest.git.dirty ? ' with changes' : ''}`]),
    `config ${manifest.configHash.slice(0, 10)}`,
  ].join(' · ');
}

function downloads(tables: readonly BuiltTable[], live: readonly DrawnFigure[]): string {
  const link = (path: string, text: string) => `<a href="${escapeHtml(path)}">${escapeHtml(text)}</a>`;
  const items = [
    ...tables.map(({ name, table }) => {
      const files = [
        link(`tables/${name}.csv`, 'CSV'),
        ...(table.csvOnly ? [] : [link(`tables/${name}.md`, 'Markdown')]),
      ];
      return `<li>${escapeHtml(table.title)}: ${files.join(', ')}</li>`;
    }),
    ...live.map(({ name, figure }) => {
      const files = [
        ['svg', 'SVG'],
        ['png', 'PNG'],
        ['vl.json', 'Vega-Lite'],
      ].map(([extension, text]) => link(`figures/${name}.${extension}`, text));
      return `<li>${escapeHtml(figure.title)}: ${files.join(', ')}</li>`;
    }),
    `<li>The run itself: ${link('run.json', 'run.json')}</li>`,
  ];
  return `<section id="files"><h2>Files</h2><p>They lie beside this page in the folder of the run.</p><ul class="files">${items.join('')}</ul></section>`;
}
