import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { differencePanels } from '../figures/fit/difference-panels.ts';
import { fitDifferences } from '../fit-results/fit-differences.ts';
import type { FittedScan } from '../fit-results/fitted-scan.ts';
import { statusShares, type StatusShare } from '../fit-results/status-shares.ts';
import { differenceTable, renderDifferenceReport } from '../report/render-fit-report.ts';
import { toCsv } from '../tables/writing/csv.ts';
import { renderFigure } from './report/render-figure.ts';
import { programVersions } from './runner/program-versions.ts';

/** How two fits of one scan differ. Plain data. */
export interface FitComparison {
  readonly names: readonly [string, string];
  readonly rows: readonly DifferenceRow[];
  /** Voxels per status, of each fit. */
  readonly shares: readonly (readonly StatusShare[])[];
  /** Scatter plots and Bland-Altman plots, as SVG for a light ground; empty if the fits share no voxel. */
  readonly figure: string;
  /** The page of the differences, and its table. */
  readonly page: string;
  readonly csv: string;
}

export interface DifferenceRow {
  readonly parameter: ParameterName;
  readonly n: number;
  readonly means: readonly [number, number];
  /** Of second minus first, and its limits of agreement. */
  readonly difference: number;
  readonly limits: readonly [number, number];
}

const TITLE = 'One fitter against the other';

export async function comparison(
  given: readonly [FittedScan, FittedScan],
  title: string,
): Promise<FitComparison> {
  // One fitter may have been run twice, with other settings.
  const same = given[0].fitter === given[1].fitter;
  const fits = given.map((scan, i) => (same ? { ...scan, fitter: `${scan.fitter} (${i + 1})` } : scan));
  const [a, b] = fits;
  const names = [a.fitter, b.fitter] as const;
  const differences = fitDifferences(a, b);
  const panels = differences.length > 0 ? differencePanels(differences, names, TITLE) : null;
  return {
    names,
    rows: PARAMETERS.flatMap((parameter) => differences.filter((each) => each.parameter === parameter)).map(
      ({ parameter, means, agreement: { n, bias, lower, upper } }) => ({
        ...{ parameter, n, means, difference: bias.value },
        limits: [lower.value, upper.value],
      }),
    ),
    shares: fits.map(({ status }) => statusShares(status)),
    figure: panels ? await renderFigure(panels) : '',
    page: await renderDifferenceReport({ title, fits: [a, b], differences, versions: programVersions() }),
    csv: toCsv(differenceTable(differences, names)),
  };
}
