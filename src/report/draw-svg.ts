import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { lightTheme } from '../figures/look/theme.ts';
import { evaluation } from './evaluation.ts';

/**
 * Draws a specification for a light background, without a browser or canvas. Marks have no labels, which would triple the
 * drawing; pages that show it add an alternative text.
 * @throws Error with the errors and warnings of Vega-Lite or Vega
 */
export async function drawSvg(spec: TopLevelSpec): Promise<string> {
  const complaints: string[] = [];
  const logger = vega.logger(vega.Warn, undefined, (_method, _level, message) => {
    complaints.push(message.join(' '));
  });
  const { spec: compiled } = compile(spec, { config: { ...lightTheme, aria: false }, logger });
  const view = new vega.View(vega.parse(compiled, undefined, evaluation.parse), {
    ...evaluation.view,
    renderer: 'none',
    logger,
  });
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
