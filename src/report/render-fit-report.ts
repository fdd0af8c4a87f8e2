import { differenceReport, type DifferenceReport } from './fit/difference-report.ts';
import { fitReport, type FitReport } from './fit/fit-report.ts';
import { pageAssets } from './page/page-assets.ts';
import { renderFigure } from './render-figure.ts';

/** Returns the report of a fit as a page, its figures drawn with the shipped font. */
export async function renderFitReport(report: FitReport): Promise<string> {
  return fitReport(report, await pageAssets(), renderFigure);
}

/** Returns the page that compares two fits of one scan. */
export async function renderDifferenceReport(report: DifferenceReport): Promise<string> {
  return differenceReport(report, await pageAssets(), renderFigure);
}

export { differenceTable } from './fit/difference-report.ts';
