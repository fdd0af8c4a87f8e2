import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { lightTheme } from '../figures/look/theme.ts';
import { shortened } from '../wording/shortened.ts';
import { embeddedData, fetchedImage } from './embedded-data.ts';
import { evaluation } from './evaluation.ts';

/**
 * Draws a specification for a light background, without a browser or canvas. Marks have no labels, which would triple the
 * drawing; pages that show it add an alternative text.
 * @throws Error with the errors and warnings of Vega-Lite or Vega, or with what it would load
 */
export async function drawSvg(spec: TopLevelSpec): Promise<string> {
  const complaints: string[] = [];
  const logger = vega.logger(vega.Warn, undefined, (_method, _level, message) => {
    complaints.push(message.join(' '));
  });
  let address: string | undefined;
  const compiled = vegaOf(spec, logger);
  const view = new vega.View(vega.parse(compiled, undefined, evaluation.parse), {
    ...evaluation.view,
    renderer: 'none',
    loader: embeddedData((refused) => (address ??= refused)),
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
  address ??= fetchedImage(svg);
  if (address !== undefined) {
    throw new Error(
      `its specification would fetch ${shortened(address, 100)}; allowed: data that are inside it, as in data: { values }`,
    );
  }
  if (complaints.length > 0) throw new Error(complaints.join('; '));
  return svg;
}

/** Compiles a specification. Errors of Vega-Lite may quote all of it, data included, or be exceptions inside of it. */
function vegaOf(spec: TopLevelSpec, logger: vega.LoggerInterface): vega.Spec {
  try {
    return compile(spec, { config: { ...lightTheme, aria: false }, logger }).spec;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`Vega-Lite can't use its specification: ${shortened(message, 200)}`, { cause: error });
  }
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
