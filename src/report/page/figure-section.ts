import type { Figure } from '../../contracts/figure.ts';
import type { DrawnFigure } from '../write-figures.ts';
import { escapeHtml, prose, svgAddress } from './html.ts';

/** A figure as a page shows it: its words, its drawing and, live, its specification. */
export interface ShownFigure extends Pick<DrawnFigure, 'name' | 'failure'> {
  readonly figure: Pick<Figure, 'title' | 'caption'>;
  readonly drawing?: Pick<NonNullable<DrawnFigure['drawing']>, 'spec' | 'svg' | 'thinned'>;
}

/**
 * A figure with its caption. The still picture is what paper shows, and browsers that run no script; the script of the
 * page puts the live one in `.live`.
 */
export function figureParts({ name, figure, drawing, failure }: ShownFigure): string {
  const title = escapeHtml(figure.title);
  const caption = [figure.caption, ...(drawing?.thinned === undefined ? [] : [drawing.thinned])].join(' ');
  const picture =
    drawing === undefined
      ? `<p class="warning">This figure could not be drawn: ${escapeHtml(failure ?? 'no reason was given')}</p>`
      : `<div class="live" data-figure="${escapeHtml(name)}" tabindex="0" role="group" aria-label="${title}"></div><img class="still" alt="${title}. ${escapeHtml(caption)}" src='${svgAddress(drawing.svg)}'>`;
  return `<figure>${picture}<figcaption>${prose(caption)}</figcaption></figure>`;
}
