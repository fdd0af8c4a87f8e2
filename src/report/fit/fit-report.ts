import type { Json } from '../../contracts/experiment.ts';
import { PARAMETERS, Status } from '../../contracts/voxels.ts';
import { statusMeanings, type StatusWord } from '../../data/status-words.ts';
import { voxelSizes } from '../../data/voxel-sizes.ts';
import { histograms } from '../../figures/fit/histograms.ts';
import { deviationRows, estimateRows } from '../../figures/fit/map-rows.ts';
import { qualityRows } from '../../figures/fit/quality-rows.ts';
import { residualsAgainstB } from '../../figures/fit/residuals-against-b.ts';
import { sheetPanels } from '../../figures/fit/sheet-panels.ts';
import { percentText, statusBars } from '../../figures/fit/status-bars.ts';
import { contactSheet, type ContactSheet } from '../../fit-results/contact-sheet.ts';
import type { FittedScan } from '../../fit-results/fitted-scan.ts';
import { reducedChiSquare } from '../../fit-results/reduced-chi-square.ts';
import { regionStatistics, regionTable } from '../../fit-results/regions.ts';
import { statusShares, type StatusShare } from '../../fit-results/status-shares.ts';
import { summaryStatistics, type SummaryStatistics } from '../../fit-results/summary-statistics.ts';
import { quantityHeading, quantityOf } from '../../measures/quantities.ts';
import { numberText, roundedText } from '../../tables/reading/number-text.ts';
import { factsList } from '../page/chapter-section.ts';
import { escapeHtml, prose } from '../page/html.ts';
import type { PageAssets } from '../page/shell.ts';
import { tableParts, type ShownTable } from '../page/table-section.ts';
import type { Fact } from '../page/what-ran.ts';
import {
  fitPage,
  MOST_SLICES,
  PageFigures,
  typedCommand,
  versionsText,
  type Draw,
  type PageSection,
} from './fit-page.ts';

/** Everything that the report of a fit shows. */
export interface FitReport {
  /** Name of the scan. */
  readonly title: string;
  readonly label: string;
  /** The paper or documentation the method comes from. */
  readonly source: string;
  readonly scan: FittedScan;
  readonly settings: Json;
  /** What marked the regions, and what it was trained on; absent where people drew them. */
  readonly proposedBy?: string;
  /** How the noise was obtained. */
  readonly noise: string;
  /** What the fitter expects of tissue and noise. */
  readonly expects: readonly string[];
  /** Whether the status says which voxels are outside of what it expects. */
  readonly knowsItsRange: boolean;
  readonly notes: readonly string[];
  /** The command line that gives this fit again; absent in a browser. */
  readonly command?: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Files beside the page. */
  readonly files: readonly string[];
}

/** The report of one fit of a scan, as one HTML page that needs nothing but itself. */
export async function fitReport(report: FitReport, assets: PageAssets, draw: Draw): Promise<string> {
  const { scan } = report;
  const shares = statusShares(scan.status);
  const estimates = new Map(
    ['S0', ...PARAMETERS].map((name) => [name, summaryStatistics(scan.maps.get(name)!)]),
  );
  const sheet = contactSheet(scan, MOST_SLICES);
  const figures = new PageFigures(draw);
  const onSheet = (
    rows: (scan: FittedScan, sheet: ContactSheet) => Parameters<typeof sheetPanels>[1],
    of: string,
  ) => {
    const found = sheet ? rows(scan, sheet) : [];
    return sheet && found.length > 0 ? sheetPanels(sheet, found, of) : null;
  };
  const seen = sheet ? sheetWords(sheet, scan) : '';
  const sections: PageSection[] = [
    [
      'fit',
      'What was fitted',
      factsList(facts(report, shares)) +
        (await figures.html(
          'status',
          'Outcome per voxel',
          `Voxels per status. ${shares.map(({ word }) => `\`${word}\`: ${statusMeanings[word as StatusWord] ?? word}`).join('; ')}.`,
          statusBars(shares, 'Outcome per voxel'),
        )),
    ],
    [
      'estimates',
      'Estimates',
      (await figures.html(
        'maps',
        'Maps of the estimates',
        `${seen} Values beyond the end of a colour bar have its last colour; voxels without an estimate are transparent.`,
        onSheet(estimateRows, 'Maps of the estimates'),
      )) +
        tableParts(estimatesTable(scan, estimates), true) +
        (await figures.html(
          'histograms',
          'Histograms of the estimates',
          'Voxels with an estimate. The dashed line is the median.',
          histograms(scan, 'Histograms of the estimates'),
        )),
    ],
    [
      'uncertainty',
      'Uncertainty',
      await figures.html(
        'deviations',
        'Maps of the standard deviations',
        `How far the estimates of each voxel are expected to lie from its true values. ${seen}`,
        onSheet(deviationRows, 'Maps of the standard deviations'),
      ),
    ],
    [
      'quality',
      'How well the fit explains the signals',
      (await figures.html(
        'residuals',
        'Residuals',
        residualWords(scan),
        residualsAgainstB(scan, 'Residuals against b'),
      )) +
        (await figures.html(
          'quality-maps',
          'Maps of residuals and status',
          seen,
          onSheet(qualityRows, 'Maps of residuals, R² and status'),
        )),
    ],
    ['regions', 'Regions', regionsSection(report)],
    ['command', 'Command and versions', commandSection(report)],
    [
      'files',
      'Files',
      report.files.length === 0
        ? ''
        : `<p>In the folder of this page: ${report.files.map((file) => `<a href="${escapeHtml(encodeURI(file))}">${escapeHtml(file)}</a>`).join(', ')}.</p>`,
    ],
  ];
  return fitPage(
    {
      title: report.title,
      kind: 'ivim-bench · fit',
      lead: `<p class="answer">${prose(inOneSentence(shares, estimates))}</p>`,
      provenance: [
        `${scan.fitter}: ${report.label}`,
        ...(report.versions['ivim-bench'] === undefined ? [] : [`version ${report.versions['ivim-bench']}`]),
      ].join(' · '),
      before: notesSection(report.notes),
      sections,
      figures,
    },
    assets,
  );
}

/** Statistics over the voxels of each map of estimates, by its name. */
type EstimateStatistics = ReadonlyMap<string, SummaryStatistics>;

function inOneSentence(shares: readonly StatusShare[], estimates: EstimateStatistics): string {
  const tried = shares.reduce((sum, { count }) => sum + count, 0);
  const medians = PARAMETERS.flatMap((name) => {
    const { n, median } = estimates.get(name)!;
    const { scale, shownUnit } = quantityOf(name);
    if (n === 0) return [];
    return [`${name} ${numberText(median * scale, 3)}${shownUnit === 'fraction' ? '' : ` × ${shownUnit}`}`];
  });
  const fitted = estimates.get('S0')!.n;
  return `${count(fitted)} of ${count(tried)} voxels have an estimate; medians: ${medians.join(', ')}.`;
}

function facts(report: FitReport, shares: readonly StatusShare[]): Fact[] {
  const { scan, noise, expects, knowsItsRange } = report;
  const { shape, affine } = scan.grid;
  const bValues = Array.from(scan.bValues, (b, k) => {
    const times = scan.averages[k];
    return times > 1 ? `${short(b)} (${times} times)` : short(b);
  });
  const outside = shares
    .filter(({ code }) => code === Status.outOfRange || code === Status.atBound)
    .reduce((sum, { share }) => sum + share, 0);
  const chiSquare = reducedChiSquare(scan);
  return [
    ['Fitter', `${scan.fitter} (${report.label})`],
    [
      'Scan',
      `${shape.join(' × ')} voxels of ${voxelSizes(affine).map(short).join(' × ')} mm; ${count(shares.reduce((sum, each) => sum + each.count, 0))} of them not background`,
    ],
    ['b-values', `${bValues.join(', ')} s/mm²`],
    ['Noise', noise],
    ...(expects.length > 0
      ? [['The fitter expects', expects.map((text) => text.replace(/^expects /, '')).join('; ')] as Fact]
      : []),
    ...(knowsItsRange
      ? [['Outside of that', `${percentText(outside)} of the voxels (status outOfRange or atBound)`] as Fact]
      : []),
    [
      'Fit',
      [
        `median R² ${numberText(summaryStatistics(scan.maps.get('r_squared')!).median, 3)}`,
        ...(chiSquare
          ? [`median reduced chi-square ${numberText(summaryStatistics(chiSquare).median, 3)}`]
          : []),
      ].join(', '),
    ],
  ];
}

function sheetWords({ slices, left }: ContactSheet, { grid, status }: FittedScan): string {
  const all = status.some((code) => code === Status.background)
    ? 'Cut to the voxels that were fitted'
    : 'The slices';
  const which = `${all}, ${slices.length === 1 ? `slice ${slices[0] + 1}` : `${slices.length} slices`} of ${grid.shape[2]}.`;
  if (left === undefined) return `${which} The scan does not say which side is which.`;
  return `${which} ${left === 'right' ? 'The patient’s right is on the left.' : 'The patient’s front is on the left.'}`;
}

function residualWords({ sigma, measured }: FittedScan): string {
  const many = `over ${count(measured.voxels.length)} voxels with an estimate`;
  const unit =
    sigma === undefined
      ? 'in % of the estimated S0, since the noise is not known'
      : 'in units of the noise of the signal at that b-value';
  return (
    `Left: signals and fits divided by the estimated S0, ${many}. Middle: signal minus fit ${unit}: the point is the median, ` +
    'the thick line holds half of the voxels, the thin one 90 %. A median away from 0 at some b-values says that the model or a volume is off there.'
  );
}

function estimatesTable({ maps }: FittedScan, estimates: EstimateStatistics): ShownTable {
  const lines = PARAMETERS.flatMap((name) => {
    const { n, median, lowerQuartile, upperQuartile, mean, sd } = estimates.get(name)!;
    if (n === 0) return [];
    const { scale } = quantityOf(name);
    const deviations = maps.get(`${name}_sd`);
    return [
      {
        values: [
          { raw: name, shown: quantityHeading(name) },
          median,
          lowerQuartile,
          upperQuartile,
          mean,
          sd,
          deviations ? summaryStatistics(deviations).median : null,
          n,
        ],
        scale,
      },
    ];
  });
  const hasDeviations = lines.some(({ values }) => Number.isFinite(values[6]));
  const scaled = (name: string, label: string) => ({ name, label, scaled: true });
  return {
    name: 'estimates',
    table: { title: 'Estimates', caption: 'Over the voxels with an estimate.' },
    content: {
      columns: [
        { name: 'parameter', label: 'parameter' },
        scaled('median', 'median'),
        scaled('lower_quartile', 'lower quartile'),
        scaled('upper_quartile', 'upper quartile'),
        scaled('mean', 'mean'),
        scaled('sd', 'SD over voxels'),
        { ...scaled('uncertainty', 'median SD of one voxel'), csvOnly: !hasDeviations },
        { name: 'n', label: 'voxels' },
      ],
      lines,
    },
  };
}

function regionsSection({ scan: { regions, ...scan }, proposedBy }: FitReport): string {
  if (!regions) return '';
  const by =
    proposedBy === undefined
      ? ''
      : `<p>${prose(`Nobody drew these regions: they were proposed by ${proposedBy}. The label map is \`regions.nii.gz\`; look at it before you use the numbers.`)}</p>`;
  return (
    by +
    tableParts(
      {
        name: 'regions',
        file: 'regions.csv',
        table: {
          title: 'Regions',
          caption:
            'Over the voxels of each region with an estimate; `failed` is the share of its voxels without one. The fit of the mean ' +
            'signal differs from the mean of the fits, since a decay is not linear in its parameters.',
        },
        content: regionTable(regionStatistics(regions, scan), regions.ofMeans),
      },
      true,
    )
  );
}

function notesSection(notes: readonly string[]): string {
  if (notes.length === 0) return '';
  return `<section class="warning" id="remarks"><h2>Notes</h2><ul>${notes.map((note) => `<li>${prose(note)}</li>`).join('')}</ul></section>`;
}

function commandSection({ command, versions, settings, source }: FitReport): string {
  const list: Fact[] = [
    ['Versions', versionsText(versions)],
    ['Settings', JSON.stringify(settings)],
    ['Method', source],
  ];
  return `${typedCommand(command)}${factsList(list)}`;
}

const count = (n: number): string => n.toLocaleString('en-US');
const short = (value: number): string =>
  roundedText(value, 3)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
