import type { TableContent } from '../../contracts/table.ts';
import { Status } from '../../contracts/voxels.ts';
import { differencePanels, differenceRows } from '../../figures/fit/difference-panels.ts';
import { residualPanels } from '../../figures/fit/residuals-against-b.ts';
import { sheetPanels } from '../../figures/fit/sheet-panels.ts';
import { percentText } from '../../figures/fit/status-bars.ts';
import { contactSheet } from '../../fit-results/contact-sheet.ts';
import type { ParameterDifference } from '../../fit-results/fit-differences.ts';
import type { FittedScan } from '../../fit-results/fitted-scan.ts';
import { reducedChiSquare } from '../../fit-results/reduced-chi-square.ts';
import { statusShares } from '../../fit-results/status-shares.ts';
import { summaryStatistics } from '../../fit-results/summary-statistics.ts';
import { quantityHeading, quantityOf } from '../../measures/quantities.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { escapeHtml, prose } from '../page/html.ts';
import type { PageAssets } from '../page/shell.ts';
import { tableParts } from '../page/table-section.ts';
import {
  fitPage,
  MOST_SLICES,
  PageFigures,
  typedCommand,
  versionsText,
  type Draw,
  type PageSection,
} from './fit-page.ts';

/** Two fits of one scan. */
export interface DifferenceReport {
  /** Name of the scan. */
  readonly title: string;
  readonly fits: readonly [FittedScan, FittedScan];
  /** As `fitDifferences` finds them. */
  readonly differences: readonly ParameterDifference[];
  /** Where the report of each fit lies, from this page; absent if they are not beside it. */
  readonly reports?: readonly [string, string];
  readonly command?: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** How two fitters differ on one scan, as one HTML page that needs nothing but itself. */
export async function differenceReport(
  { title, fits: given, differences, reports, command, versions }: DifferenceReport,
  assets: PageAssets,
  draw: Draw,
): Promise<string> {
  // What one fitter needed to know holds for both: their residuals are then in the same unit.
  const sigma = given[0].sigma ?? given[1].sigma;
  const fits = given.map((scan) => (sigma === undefined ? scan : { ...scan, sigma }));
  const [a, b] = fits;
  const names = [a.fitter, b.fitter] as const;
  const sheet = contactSheet(a, MOST_SLICES) ?? contactSheet(b, MOST_SLICES);
  const figures = new PageFigures(draw);
  const rows = sheet ? differenceRows(a, b, sheet, differences) : [];
  const sections: PageSection[] = [
    [
      'differences',
      'Differences',
      tableParts(
        {
          name: 'differences',
          file: 'differences.csv',
          table: {
            title: 'Differences',
            caption: `Over the voxels for which both fitters have an estimate: ${b.fitter} minus ${a.fitter}. Between the limits of agreement lie 95 % of normal differences.`,
          },
          content: differenceTable(differences, names),
        },
        true,
      ) +
        (await figures.html(
          'scatter',
          'One fitter against the other',
          'Above: the estimates of one fitter against those of the other, up to 800 voxels; on the dashed line both agree. Below: their ' +
            'difference against their mean (Bland and Altman), with the mean difference (solid) and the limits of agreement (dashed). The 1 % of ' +
            'voxels that lie furthest out are beyond the axes.',
          differencePanels(differences, names, 'One fitter against the other'),
        )),
    ],
    [
      'maps',
      'Where they differ',
      await figures.html(
        'difference-maps',
        'Maps of the differences',
        `Blue: ${b.fitter} is lower than ${a.fitter}; red: higher; white: both agree.`,
        sheet && rows.length > 0 ? sheetPanels(sheet, rows, 'Maps of the differences') : null,
      ),
    ],
    [
      'fit-quality',
      'Outcome and residuals',
      tableParts(
        {
          name: 'outcomes',
          table: { title: 'Outcome', caption: 'Over the voxels that are not background.' },
          content: outcomeTable(fits),
        },
        true,
      ) +
        (await figures.html(
          'residuals',
          'Residuals of both',
          'Signal minus fit against b: the point is the median, the thick line holds half of the voxels, the thin one 90 %.',
          residualPanels(fits, 'Residuals of both'),
        )),
    ],
    [
      'command',
      'Command and versions',
      `${typedCommand(command)}<p>${escapeHtml(versionsText(versions))}</p>`,
    ],
  ];
  return fitPage(
    {
      title,
      kind: 'ivim-bench · fit, two fitters',
      lead: `<p class="answer">${prose(inOneSentence(differences, names))}</p>${linksTo(reports, names)}`,
      provenance: `${names.join(' and ')} · version ${versions['ivim-bench'] ?? 'unknown'}`,
      sections,
      figures,
    },
    assets,
  );
}

function linksTo(reports: DifferenceReport['reports'], names: readonly string[]): string {
  if (!reports) return '';
  const links = reports.map(
    (file, i) => `<a href="${escapeHtml(encodeURI(file))}">${escapeHtml(names[i])}</a>`,
  );
  return `<p>The report of each: ${links.join(', ')}.</p>`;
}

function inOneSentence(
  differences: readonly ParameterDifference[],
  [first, second]: readonly [string, string],
) {
  if (differences.length === 0) return `${first} and ${second} share no voxel with an estimate.`;
  const parts = differences.map(({ parameter, means: [of, other] }) => {
    const percent = (100 * (other - of)) / of;
    const side = percent < 0 ? 'lower' : 'higher';
    return `${parameter} ${numberText(Math.abs(percent), 2)} % ${side}`;
  });
  return `Means of ${second} against those of ${first}: ${parts.join(', ')}.`;
}

/** Differences per parameter, for the page and as a file. */
export function differenceTable(
  differences: readonly ParameterDifference[],
  [first, second]: readonly [string, string],
): TableContent {
  const scaled = (name: string, label: string) => ({ name, label, scaled: true });
  return {
    columns: [
      { name: 'parameter', label: 'parameter' },
      { name: 'unit', label: 'unit', csvOnly: true },
      scaled('mean_first', `mean of ${first}`),
      scaled('mean_second', `mean of ${second}`),
      scaled('mean_difference', 'mean difference'),
      scaled('sd_difference', 'SD of differences'),
      scaled('lower_limit', 'lower limit'),
      scaled('upper_limit', 'upper limit'),
      { name: 'correlation', label: 'correlation' },
      { name: 'n', label: 'voxels' },
    ],
    lines: differences.map(({ parameter, means, agreement: { n, bias, sd, lower, upper }, correlation }) => {
      const { unit, scale } = quantityOf(parameter);
      return {
        values: [
          { raw: parameter, shown: quantityHeading(parameter) },
          unit,
          ...means,
          ...[bias.value, sd, lower.value, upper.value, correlation, n],
        ],
        scale,
      };
    }),
  };
}

function outcomeTable(fits: readonly FittedScan[]): TableContent {
  const shares = fits.map(({ status }) => statusShares(status));
  const words = [...new Set(shares.flatMap((each) => each.map(({ word }) => word)))];
  const inOrder = Object.keys(Status).filter((word) => words.includes(word));
  const median = (map: ArrayLike<number> | undefined) => (map ? summaryStatistics(map).median : NaN);
  const number = (value: number) => (Number.isFinite(value) ? numberText(value, 3) : '–');
  const lines: [string, string[]][] = [
    ...inOrder.map((word): [string, string[]] => [
      `status ${word}`,
      shares.map((each) => percentText(each.find((share) => share.word === word)?.share ?? 0)),
    ]),
    ['median R²', fits.map(({ maps }) => number(median(maps.get('r_squared'))))],
    ['median residual (unit of the scan)', fits.map(({ maps }) => number(median(maps.get('residual'))))],
    ['median reduced chi-square', fits.map((scan) => number(median(reducedChiSquare(scan))))],
  ];
  return {
    columns: [
      { name: 'what', label: '' },
      ...fits.map(({ fitter }, i) => ({ name: `fitter_${i}`, label: fitter })),
    ],
    lines: lines.map(([what, values]) => ({ values: [what, ...values] })),
  };
}
