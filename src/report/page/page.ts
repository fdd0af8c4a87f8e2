import { readFile } from 'node:fs/promises';
import type { StoredRun } from '../../contracts/stored-run.ts';
import { darkTheme, lightTheme } from '../../figures/look/theme.ts';
import type { DrawnFigure } from '../write-figures.ts';
import type { BuiltTable } from '../write-tables.ts';
import { chapterSection, factsList, questionParts } from './chapter-section.ts';
import { chaptersOf, type Chapter } from './chapters.ts';
import { contents } from './contents.ts';
import { environmentSection } from './environment-section.ts';
import { filesSection } from './files-section.ts';
import { escapeHtml, prose, scriptJson, scriptSource } from './html.ts';
import { outcomeSection } from './outcome-section.ts';
import { remarksSection } from './remarks-section.ts';
import { vegaScripts } from './vega-scripts.ts';
import { whatRan } from './what-ran.ts';

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
  const [style, print, script, vega] = await Promise.all([
    asset('page.css'),
    asset('print.css'),
    asset('page.js'),
    vegaScripts(),
  ]);
  const chapters = await chaptersOf({ run, tables, figures });
  const single = chapters.length === 1;
  const ran = factsList(whatRan(single ? (chapters[0].manifest ?? manifest) : manifest));
  const sections = [
    ran === '' ? '' : `<section id="ran"><h2>What was run</h2>${ran}</section>`,
    ...chapters.map((chapter) => chapterSection(chapter, !single)),
    environmentSection(run),
    filesSection(tables, figures),
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
${style}
${print}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${contents(ran === '' ? [] : [['ran', 'What was run']], chapters, [
  ['environment', 'Environment'],
  ['files', 'Files'],
])}
<div class="page" id="content">
<header>
<p class="kind">ivim-bench · ${escapeHtml(manifest.experiment)}</p>
<h1>${escapeHtml(manifest.title)}</h1>
${single ? questionParts(chapters[0]) : answers(chapters)}
<p class="provenance">${escapeHtml(provenance(run))}</p>
</header>
<main>
${[outcomeSection(manifest), remarksSection(run), ...sections].filter((section) => section !== '').join('\n')}
</main>
</div>
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

/** The main result of every experiment in a sentence, with a link to its chapter. */
function answers(chapters: readonly Chapter[]): string {
  const items = chapters
    .filter(({ answer }) => answer !== undefined)
    .map(
      ({ id, title, answer }) =>
        `<li><a href="#${escapeHtml(id)}">${escapeHtml(title)}</a><br>${prose(answer!)}</li>`,
    );
  return items.length === 0 ? '' : `<ul class="answers">${items.join('')}</ul>`;
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
