import { fitReport, type FitReport } from './fit/fit-report.ts';
import { pageAssets } from './page/page-assets.ts';
import { renderFigure } from './render-figure.ts';

/** Returns the report of a fit as a page, its figures drawn with the shipped font. */
export async function renderFitReport(report: FitReport): Promise<string> {
  return fitReport(report, await pageAssets(), renderFigure);
}
