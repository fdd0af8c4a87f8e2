import type { TopLevelSpec } from 'vega-lite';
import { drawSvg } from '../../report/draw-svg.ts';
import { measureTextWith } from '../../report/measure-text.ts';
import { readAdvances } from '../../report/text-width.ts';
import { readReportFile } from './read-report-file.ts';

let ready: Promise<void> | undefined;

/** Draws a specification as SVG for a light background, its text measured with the shipped font. */
export async function renderFigure(spec: TopLevelSpec): Promise<string> {
  await (ready ??= loadFonts());
  return drawSvg(spec);
}

async function loadFonts(): Promise<void> {
  const [regular, bold] = await Promise.all(
    ['regular', 'bold'].map(async (weight) =>
      readAdvances(await readReportFile(`fonts/arimo-${weight}.ttf`)),
    ),
  );
  measureTextWith({ regular, bold });
}
