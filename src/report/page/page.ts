import type { StoredRun } from '../../contracts/stored-run.ts';
import type { DrawnFigure } from '../write-figures.ts';
import type { BuiltTable } from '../write-tables.ts';
import { chapterSection, factsList, questionParts } from './chapter-section.ts';
import { chaptersOf, type Chapter } from './chapters.ts';
import { contents } from './contents.ts';
import { environmentSection } from './environment-section.ts';
import { filesSection } from './files-section.ts';
import { escapeHtml, prose } from './html.ts';
import { outcomeSection } from './outcome-section.ts';
import { pageAssets } from './page-assets.ts';
import { remarksSection } from './remarks-section.ts';
import { htmlPage } from './shell.ts';
import { whatRan } from './what-ran.ts';

export interface RunParts {
  readonly run: StoredRun;
  readonly tables: readonly BuiltTable[];
  readonly figures: readonly DrawnFigure[];
}

/** The report as one HTML page that needs nothing but itself; links to the run's files are relative. */
export async function renderPage({ run, tables, figures }: RunParts): Promise<string> {
  const { manifest } = run;
  const chapters = await chaptersOf({ run, tables, figures });
  const single = chapters.length === 1;
  const ran = factsList(whatRan(single ? (chapters[0].manifest ?? manifest) : manifest));
  const sections = [
    ran === '' ? '' : `<section id="ran"><h2>What was run</h2>${ran}</section>`,
    ...chapters.map((chapter) => chapterSection(chapter, !single)),
    environmentSection(run),
    filesSection(tables, figures),
  ];
  const parts = {
    title: manifest.title,
    kind: `ivim-bench · ${manifest.experiment}`,
    contents: contents(ran === '' ? [] : [['ran', 'What was run']], chapters, [
      ['environment', 'Environment'],
      ['files', 'Files'],
    ]),
    lead: single ? questionParts(chapters[0]) : answers(chapters),
    provenance: provenance(run),
    sections: [outcomeSection(manifest), remarksSection(run), ...sections],
    figures,
  };
  return htmlPage(parts, await pageAssets());
}

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
