import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { lightTheme } from '../figures/look/theme.ts';
import { readAdvances, type FontAdvances } from './text-width.ts';

const regularFile = new URL('assets/fonts/arimo-regular.ttf', import.meta.url);
const boldFile = new URL('assets/fonts/arimo-bold.ttf', import.meta.url);

/**
 * Draws a specification as SVG for a light background, without a browser or canvas. Text is measured with the font shipped
 * beside this file, so the result does not depend on the machine's fonts.
 * Marks have no labels, which would triple the file; pages that show it add an alternative text.
 * @throws Error with the errors and warnings of Vega-Lite or Vega
 */
export async function renderFigure(spec: TopLevelSpec): Promise<string> {
  shippedFonts();
  const complaints: string[] = [];
  const logger = vega.logger(vega.Warn, undefined, (_method, _level, message) => {
    complaints.push(message.join(' '));
  });
  const { spec: compiled } = compile(spec, { config: { ...lightTheme, aria: false }, logger });
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logger });
  let svg: string;
  try {
    await view.runAsync();
    // Vega numbers clip paths across drawings; resetting the count gives a figure the same bytes every time.
    vega.resetSVGDefIds();
    svg = thinned(await view.toSVG());
  } finally {
    view.finalize();
  }
  if (complaints.length > 0) throw new Error(complaints.join('; '));
  return svg;
}

/**
 * Halves the size of a drawing: rounds numbers to hundredths of a pixel, and removes the classes and roles of groups, which have no
 * use in an image.
 */
function thinned(svg: string): string {
  return svg.replace(/<[a-z][^>]*>/g, (tag) =>
    tag
      .replace(/ (?:class|role|aria-[a-z]+|pointer-events)="[^"]*"/g, '')
      .replace(/ (?:stroke-|fill-)?opacity="1"/g, '')
      .replace(
        / (transform|d|x|y|x1|x2|y1|y2|width|height|cx|cy|r)="([^"]*)"/g,
        (_all, name: string, value: string) =>
          ` ${name}="${value.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2))))}"`,
      ),
  );
}

/**
 * Returns a drawing as PNG at twice its size, sharp on paper and on dense screens. Text is set with the shipped font; the
 * machine's are used only for characters that it lacks (such as a fitter's name in Chinese).
 */
export function rasterise(svg: string): Uint8Array {
  const covered = shippedFonts().regular.covers(svg);
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: {
      loadSystemFonts: !covered,
      fontFiles: [fileURLToPath(regularFile), fileURLToPath(boldFile)],
      defaultFontFamily: 'Arimo',
      sansSerifFamily: 'Arimo',
    },
  });
  return resvg.render().asPng();
}

let fonts: { readonly regular: FontAdvances; readonly bold: FontAdvances } | undefined;

/** Reads the fonts once, and makes Vega measure text with them. Without a canvas Vega assumes 0.8 em per character, far too wide. */
function shippedFonts(): NonNullable<typeof fonts> {
  if (fonts) return fonts;
  const { regular, bold } = (fonts = { regular: readAdvances(regularFile), bold: readAdvances(boldFile) });
  const { textMetrics } = vega as unknown as {
    textMetrics: { width(item: TextItem, text?: unknown): number };
  };
  textMetrics.width = (item, text) => {
    const font = item.fontWeight === 'bold' || Number(item.fontWeight) >= 600 ? bold : regular;
    const shown = text ?? item.text;
    return typeof shown === 'string' || typeof shown === 'number'
      ? font.width(String(shown)) * (item.fontSize ?? 11)
      : 0;
  };
  return fonts;
}

interface TextItem {
  readonly text?: unknown;
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}
