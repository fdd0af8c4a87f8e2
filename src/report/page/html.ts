import { visibleText } from '../../wording/visible-text.ts';

/** Text made safe between tags and in quoted attributes; control characters, which HTML cannot hold, are written as escapes. */
export function escapeHtml(text: string): string {
  return visibleText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A sentence as HTML: `code` in backquotes, and no line break between a number and its percent sign. */
export function prose(text: string): string {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/(\d) %/g, '$1\u00a0%');
}

/** A value as JSON that a `script` element can hold: no `<`, so no tag or comment can begin inside. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/**
 * A library's source as a `script` element can hold it. What would end the element, or open a comment in it, occurs in
 * JavaScript inside strings and regular expressions only, where an escaped character means the same.
 */
export function scriptSource(source: string): string {
  return source.replace(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');
}

/**
 * An SVG as the address of an image, for an attribute in single quotes: what neither the address nor the attribute can hold is escaped, and
 * no more, since every third character of a drawing is a quote or a bracket.
 */
export function svgAddress(svg: string): string {
  const safe = svg
    .replace(/[%#'\r\n\t]/g, (character) => (character === "'" ? '%27' : encodeURIComponent(character)))
    .replaceAll('&', '&amp;');
  return `data:image/svg+xml;charset=utf-8,${safe}`;
}
