import { darkTheme, lightTheme } from '../../figures/look/theme.ts';
import type { ShownFigure } from './figure-section.ts';
import { escapeHtml, scriptJson, scriptSource } from './html.ts';

/** The texts that every page carries inside: it fetches nothing. */
export interface PageAssets {
  readonly style: string;
  readonly print: string;
  readonly script: string;
  /** Vega, Vega-Lite and vega-embed, ready to stand in `script` elements. */
  readonly vega: readonly string[];
}

/** A page as HTML parts; texts are escaped here only where the name does not say otherwise. */
export interface PageParts {
  readonly title: string;
  /** Name of the page's layout on paper, a class of `print.css`; absent: that of a run. */
  readonly layout?: string;
  /** What kind of page it is, above the title. */
  readonly kind: string;
  /** HTML of the table of contents. */
  readonly contents: string;
  /** HTML below the title. */
  readonly lead: string;
  /** Date, versions and the like, at the end of the header. */
  readonly provenance: string;
  /** HTML of the sections. */
  readonly sections: readonly string[];
  /** Figures that become live in a browser. */
  readonly figures: readonly Pick<ShownFigure, 'name' | 'drawing'>[];
}

/** Nothing is fetched and no text is run as code, and the browser is told to refuse both. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";

/** One HTML page that needs nothing but itself. */
export function htmlPage(parts: PageParts, { style, print, script, vega }: PageAssets): string {
  const live = parts.figures.filter(({ drawing }) => drawing !== undefined);
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
<title>${escapeHtml(parts.title)}</title>
<link rel="icon" href="data:,">
<style>
${style}
${print}</style>
</head>
<body${parts.layout === undefined ? '' : ` class="${parts.layout}"`}>
<a class="skip" href="#content">Skip to the content</a>
${parts.contents}
<div class="page" id="content">
<header>
<p class="kind">${escapeHtml(parts.kind)}</p>
<h1>${escapeHtml(parts.title)}</h1>
${parts.lead}
<p class="provenance">${escapeHtml(parts.provenance)}</p>
</header>
<main>
${parts.sections.filter((section) => section !== '').join('\n')}
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
