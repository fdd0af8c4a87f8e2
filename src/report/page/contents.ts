import { comparisonId, isCompared } from './chapter-section.ts';
import type { Chapter } from './chapters.ts';
import { escapeHtml } from './html.ts';

/** Contents with a link to every chapter and topic. Beside the text on a wide page, folded above it on a narrow one. */
export function contents(
  before: readonly Entry[],
  chapters: readonly Chapter[],
  after: readonly Entry[],
): string {
  const entries = [
    ...before.map(entry),
    ...chapters.map((chapter) => {
      const topics = chapter.topics.map(({ id, title }) => entry([id, title]));
      const compared = isCompared(chapter) ? [entry([comparisonId(chapter), 'Compared with the study'])] : [];
      return entry([chapter.id, chapter.title], `<ol>${[...topics, ...compared].join('')}</ol>`);
    }),
    ...after.map(entry),
  ];
  return `<nav class="contents" aria-label="Contents"><details open><summary>Contents</summary><ol>${entries.join('\n')}</ol></details></nav>`;
}

/** Where a link leads, and what it says. */
type Entry = readonly [id: string, title: string];

const entry = ([id, title]: Entry, inside: unknown = ''): string =>
  `<li><a href="#${escapeHtml(id)}">${escapeHtml(title)}</a>${typeof inside === 'string' ? inside : ''}</li>`;
