import type { TopLevelSpec } from 'vega-lite';
import { contents } from '../page/contents.ts';
import { figureParts, type ShownFigure } from '../page/figure-section.ts';
import { escapeHtml } from '../page/html.ts';
import { htmlPage, type PageAssets, type PageParts } from '../page/shell.ts';

/** Draws a specification as SVG. */
export type Draw = (spec: TopLevelSpec) => Promise<string>;

/** Slices in a row of maps. */
export const MOST_SLICES = 5;

/** Draws the figures of a page one after the other, and keeps them. */
export class PageFigures {
  readonly drawn: ShownFigure[] = [];
  readonly #draw: Draw;

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  /** Returns the HTML of a figure; empty where there is nothing to draw. */
  async html(name: string, title: string, caption: string, spec: TopLevelSpec | null): Promise<string> {
    if (!spec) return '';
    const shown = { name, figure: { title, caption }, drawing: { spec, svg: await this.#draw(spec) } };
    this.drawn.push(shown);
    return `<div class="shown" id="${name}-figure">${figureParts(shown)}</div>`;
  }
}

/** A section of a page: its id, its title and its HTML. */
export type PageSection = readonly [id: string, title: string, html: string];

/**
 * The page of one fit, or of two. Sections without content are left out.
 * @param before HTML of what stands before the sections, and not in the contents
 */
export function fitPage(
  page: Pick<PageParts, 'title' | 'kind' | 'lead' | 'provenance'> & {
    readonly before?: string;
    readonly sections: readonly PageSection[];
    readonly figures: PageFigures;
  },
  assets: PageAssets,
): string {
  const { before = '', sections, figures, ...head } = page;
  const shown = sections.filter(([, , html]) => html !== '');
  return htmlPage(
    {
      ...head,
      layout: 'fit',
      contents: contents(
        shown.map(([id, title]) => [id, title]),
        [],
        [],
      ),
      sections: [
        before,
        ...shown.map(
          ([id, title, html]) => `<section id="${id}"><h2>${escapeHtml(title)}</h2>${html}</section>`,
        ),
      ],
      figures: figures.drawn,
    },
    assets,
  );
}

/** The command as it was typed, ready to be copied; empty if there is none. */
export const typedCommand = (command: string | undefined): string =>
  command === undefined ? '' : `<pre>${escapeHtml(command)}</pre>`;

/** `ivim-bench 0.1.0, tfjs 4.22.0` */
export const versionsText = (versions: Readonly<Record<string, string>>): string =>
  Object.entries(versions)
    .map((pair) => pair.join(' '))
    .join(', ');
