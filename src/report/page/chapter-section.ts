import type { PlacedFinding } from '../all-findings.ts';
import { fittersOf } from '../../tables/reading/fitters-of.ts';
import type { Against } from '../finding.ts';
import type { Chapter, Topic } from './chapters.ts';
import { figureParts } from './figure-section.ts';
import { escapeHtml, prose } from './html.ts';
import { tableParts } from './table-section.ts';
import { whatRan, type Fact } from './what-ran.ts';

/**
 * A chapter with its figures and tables, and at its end what is reported elsewhere.
 * @param opens whether it opens with its own question and what was run: a run of one experiment has both at the head of the page
 */
export function chapterSection(chapter: Chapter, opens: boolean): string {
  const { id, title, topics, manifest } = chapter;
  const opening = opens ? `${questionParts(chapter)}${manifest ? factsList(whatRan(manifest)) : ''}` : '';
  return `<section class="chapter" id="${escapeHtml(id)}"><h2>${escapeHtml(title)}</h2>${opening}
${topics.map(topicSection).join('\n')}
${comparison(chapter)}</section>`;
}

/** The question, its answer and how it was found. */
export function questionParts({ question, answer, method }: Chapter): string {
  return [
    question === undefined ? '' : `<p class="question">${prose(question)}</p>`,
    answer === undefined ? '' : `<p class="answer">${prose(answer)}</p>`,
    method === undefined ? '' : `<p class="method">${prose(method)}</p>`,
  ].join('');
}

export const factsList = (facts: readonly Fact[]): string =>
  facts.length === 0
    ? ''
    : `<dl class="facts">${facts
        .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${prose(value)}</dd>`)
        .join('')}</dl>`;

function topicSection({ id, title, figure, tables }: Topic): string {
  const heading = `<h3>${escapeHtml(title)}</h3>`;
  const drawn = figure === undefined ? '' : figureParts(figure);
  const shown = tables.map((table) => tableParts(table, figure === undefined)).join('\n');
  return `<section id="${escapeHtml(id)}">${heading}${drawn}${shown}</section>`;
}

/** The three kinds of what a run is compared with, in this order. */
const KINDS: readonly (readonly [Against, string])[] = [
  ['paper', 'What the paper reports'],
  ['code', 'What the study’s published code gives'],
  ['reference', 'What our own reference gives'],
];

/** Where the heading of a chapter's comparison is found. */
export const comparisonId = ({ id }: Pick<Chapter, 'id'>): string => `${id}-compared`;

/** Whether the experiment was run as its paper has it, and something is reported about it. */
export const isCompared = ({ findings }: Chapter): boolean => findings.some(({ comparable }) => comparable);

/** What is reported elsewhere beside what this run found; of another tissue or other b-values, what this run found alone. */
function comparison(chapter: Chapter): string {
  const { findings, compared, id } = chapter;
  if (!isCompared(chapter)) {
    const found = findings.filter(({ general }) => general).flatMap(({ found }) => found);
    return found.length === 0
      ? ''
      : `<section id="${escapeHtml(id)}-in-words"><h3>In words</h3><ul>${listItems(found)}</ul></section>`;
  }
  const kinds = KINDS.map(([against, title]) => ({
    title,
    own: findings.filter((finding) => finding.against === against),
  })).filter(({ own }) => own.length > 0);
  const tables = kinds.map(({ title, own }) => `<h4>${title}</h4>${findingsTable(own)}`);
  return `<section id="${escapeHtml(comparisonId(chapter))}"><h3>Compared with the study</h3>
${ofVoxels(chapter) ? '<p>The study’s names are Dt for D and Fp for f.</p>\n' : ''}${tables.join('\n')}
${compared.map((table) => tableParts(table, false)).join('\n')}</section>`;
}

/** Whether the experiment estimates D, f and Dp: those of networks on images have no fitters. */
const ofVoxels = ({ manifest }: Chapter): boolean => manifest === undefined || fittersOf(manifest).length > 0;

function findingsTable(findings: readonly PlacedFinding[]): string {
  const rows = findings.map(({ reported, source, where, found, otherwise }) => {
    const place = where === undefined ? '' : `<p>${prose(where)}</p>`;
    const said =
      found.length > 0 ? `<ul>${listItems(found)}</ul>` : `<p class="nothing">${prose(otherwise)}</p>`;
    return `<tr><td><p>${prose(reported)}</p><p class="source">${prose(source)}</p></td><td>${place}${said}</td></tr>`;
  });
  return `<table class="findings"><thead><tr><th scope="col">Reported</th><th scope="col">This run</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`;
}

const listItems = (sentences: readonly string[]): string =>
  sentences.map((sentence) => `<li>${prose(sentence)}</li>`).join('');
