import { fileURLToPath } from 'node:url';
import { renderAsync } from '@resvg/resvg-js';
import type { TopLevelSpec } from 'vega-lite';
import { drawSvg } from './draw-svg.ts';
import { boldFile, regularFile, shippedFonts } from './shipped-fonts.ts';

/**
 * Draws a specification as SVG for a light background, without a browser or canvas. Text is measured with the font shipped
 * beside this file, so the result does not depend on the machine's fonts.
 * Marks have no labels, which would triple the file; pages that show it add an alternative text.
 * @throws Error with the errors and warnings of Vega-Lite or Vega
 */
export async function renderFigure(spec: TopLevelSpec): Promise<string> {
  shippedFonts();
  return drawSvg(spec);
}

/**
 * Returns a drawing as PNG at twice its size, sharp on paper and on dense screens, drawn in another thread and encoded in this one. Text is
 * set with the shipped font; the machine's are used only for characters that it lacks (such as a fitter's name in Chinese).
 */
export async function rasterise(svg: string): Promise<Uint8Array> {
  const covered = shippedFonts().regular.covers(svg);
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: {
      loadSystemFonts: !covered,
      fontFiles: [fileURLToPath(regularFile), fileURLToPath(boldFile)],
      defaultFontFamily: 'Arimo',
      sansSerifFamily: 'Arimo',
    },
  });
  return image.asPng();
}
