import type { DrawnFigure } from '../write-figures.ts';
import { escapeHtml, prose, svgAddress } from './html.ts';

/**
 * A figure with its caption. The still picture is what paper shows, and browsers that run no script; the script of the
 * page puts the live one in `.live`.
 */
export function figureParts({ name, figure, drawing, failure }: DrawnFigure): string {
  const title = escapeHtml(figure.title);
  const picture =
    drawing === undefined
      ? `<p class="warning">This figure could not be drawn: ${escapeHtml(failure ?? 'no reason was given')}</p>`
      : `<div class="live" data-figure="${escapeHtml(name)}" tabindex="0" role="group" aria-label="${title}"></div><img class="still" alt="${title}. ${escapeHtml(figure.caption)}" src='${svgAddress(drawing.svg)}'>`;
  return `<figure>${picture}<figcaption>${prose(figure.caption)}</figcaption></figure>`;
}
