import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { Json } from '../contracts/experiment.ts';
import type { CompleteFiles, EstimateSink } from '../data/estimate-sink.ts';
import type { FilesBeside } from '../data/nifti-sink.ts';
import type { WrittenFiles } from '../files/write-together.ts';
import { fitInput, type FittedInput } from '../fitting/fit-input.ts';
import type { FittedScan } from '../fit-results/fitted-scan.ts';
import { fittedScanOf } from '../fitting/fitted-scan-of.ts';
import { openInput } from '../fitting/open-input.ts';
import { fitterOf, readModel } from '../fitting/saved-model.ts';
import { fitterSettings, refuseDecidedSettings, settingsThatCount } from '../fitting/settings.ts';
import { microsecondsPerVoxel, summaryLine } from '../fitting/summary.ts';
import { readTissue } from '../fitting/tissue.ts';
import { loadFitter } from '../plugins/discover.ts';
import { needsOf } from '../plugins/needs-of.ts';
import { residualTestOf } from '../preparation/residual-test.ts';
import { PROPOSED_IMAGE, PROPOSED_TABLE, type ProposeRegions } from '../data/proposed-regions.ts';
import { regionStatistics, regionTable } from '../fit-results/regions.ts';
import { toCsv } from '../tables/writing/csv.ts';
import { deriveSeed } from '../random/seed.ts';
import { programVersions } from '../runner/program-versions.ts';
import { endWhenInterrupted } from '../terminal/interruption.ts';
import { printMessage } from '../terminal/print.ts';
import { openProgress } from '../terminal/progress.ts';
import { progressLine } from '../terminal/progress-line.ts';

/** Images of a scan that were made of something else. */
export interface ScanFiles {
  readonly signals: readonly string[];
  readonly bval: string;
  /** What the scan is called in reports. */
  readonly title: string;
  /** What is to be known of how they were made. */
  readonly notes: readonly string[];
}

export interface FitOptions {
  /** Images (.nii, .nii.gz), one .csv or .npy table, or folders of DICOM. */
  readonly signals: readonly string[];
  /** The series of DICOM: its number or a word of its description. */
  readonly series?: string;
  /** What `signals` were converted to, if they are DICOM. */
  readonly scan?: ScanFiles;
  /** Name or path of a fitter; by default that of `model`, or the network for any protocol. */
  readonly fitter?: string;
  readonly bval?: string;
  /** An image, or `auto` to compute a mask from the scan. */
  readonly mask?: string;
  /** Use the mask's voxels in file order and ignore the position in its header. */
  readonly ignoreSpace?: boolean;
  /** An image of regions, and the table of their names. */
  readonly regions?: string;
  readonly labels?: string;
  /** Marks regions in a scan, where no image of them is given. */
  readonly propose?: ProposeRegions;
  readonly model?: string;
  /** `path=value` assignments of the fitter's settings. */
  readonly set?: readonly string[];
  /** Noise per quadrature channel in the unit of the signals: a number, an image of it, or `local` to estimate one of every voxel. */
  readonly sigma?: number | string;
  /** Median signal at b=0 divided by the noise, instead of `sigma`. */
  readonly snr?: number;
  /** The distribution of the tissue parameters: YAML, or a file with it. */
  readonly tissue?: string;
  /**
   * Whether standard deviations and 95 % intervals are written; by default if the fitter reports them and `out` is not an
   * array.
   */
  readonly intervals?: boolean;
  readonly out: string;
  /** Name the maps of a scan as in a BIDS derivative. */
  readonly bids?: boolean;
  /** Value of voxels without an estimate in the maps of a scan: NaN, or 0 for viewers that can't show NaN. */
  readonly background?: 'nan' | 'zero';
  /** Whether the fit of a scan writes `report.html`; by default it does. */
  readonly report?: boolean;
  /** The words of the command line, for the report. */
  readonly command?: readonly string[];
  readonly workers?: number;
  readonly seed?: number;
  /** Prints the summary as JSON to standard output. */
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** Also print which engine is used. */
  readonly verbose?: boolean;
}

/** A fit that is done. */
export interface OneFit {
  /** Name of the fitter. */
  readonly name: string;
  /** Number of voxels with an estimate. */
  readonly fitted: number;
  /** Facts and times, for programs. */
  readonly summary: Readonly<Record<string, Json>>;
  /** The scan with its maps, if a report or a table of regions was made of it. */
  readonly scan?: FittedScan;
  /** Its files, complete, which have their names once `commit` is called. */
  readonly written: WrittenFiles;
}

const DEFAULT_FITTER = 'any-protocol-net';
export const REPORT = 'report.html';
const REGIONS = 'regions.csv';

/**
 * Fits the voxels of a file and writes maps or a table, under temporary names.
 * @returns what was fitted; nothing is printed to standard output
 * @throws InputError if the input is invalid or no voxel can be fitted; nothing is written then
 */
export async function fitOne(options: FitOptions): Promise<OneFit> {
  const notes: string[] = [];
  const say = (text: string) => {
    if (!options.quiet) printMessage(text);
  };
  const note = (text: string) => {
    notes.push(text);
    say(`note: ${text}`);
  };
  const model = options.model === undefined ? undefined : await readModel(options.model);
  const {
    name,
    module,
    value: fitter,
  } = await loadFitter(options.fitter ?? (model ? fitterOf(model) : DEFAULT_FITTER));
  const settings = await fitterSettings(name, fitter, options.set ?? []);
  if (options.model !== undefined) refuseDecidedSettings(name, fitter, options.set ?? []);
  const tissue = options.tissue === undefined ? undefined : await readTissue(options.tissue);
  const threads = options.workers ?? availableParallelism();
  const intervals = options.intervals ?? (fitter.givesIntervals === true && !/\.npy$/i.test(options.out));
  const knowsNoise =
    options.sigma !== undefined || options.snr !== undefined || needsOf(fitter, settings).includes('sigma');
  const pValues = knowsNoise && residualTestOf(fitter) !== undefined;
  let fitted: FittedInput | undefined;
  let kept: FittedScan | undefined;
  const beside: FilesBeside = {
    names: [
      ...(options.report === false ? [] : [REPORT]),
      ...(options.regions === undefined && !options.propose ? [] : [REGIONS]),
      ...(options.propose ? [PROPOSED_IMAGE, PROPOSED_TABLE] : []),
    ],
    make: async (maps, images) => {
      const { protocol, sigma, noise, expects, ofRegions } = fitted!;
      const { regions, proposed } = input;
      const scan = await fittedScanOf({
        ...{ fitter: name, source: input.source, header: input.header!, protocol, maps },
        ...(sigma === undefined ? {} : { sigma }),
        ...(regions && ofRegions ? { regions: { ...regions, ofMeans: ofRegions } } : {}),
      });
      kept = scan;
      const made = new Map<string, string | Uint8Array>();
      if (proposed) made.set(PROPOSED_IMAGE, proposed.image).set(PROPOSED_TABLE, proposed.table);
      if (scan.regions) {
        const table = regionTable(regionStatistics(scan.regions, scan), scan.regions.ofMeans);
        made.set(REGIONS, toCsv(table));
      }
      if (options.report === false) return made;
      const { renderFitReport } = await import('../report/render-fit-report.ts');
      const page = await renderFitReport({
        title: options.scan?.title ?? scanTitle(options.signals),
        ...{ label: fitter.label, source: fitter.source, scan, noise, expects },
        ...(proposed ? { proposedBy: proposed.proposedBy } : {}),
        settings: facts.settings ?? {},
        knowsItsRange: fitter.givesIntervals === true,
        notes: notes.filter((text) => !isShownElsewhere(text, fitted!)),
        ...(options.command ? { command: commandLine(options.command) } : {}),
        versions: programVersions(),
        files: images,
      });
      return made.set(REPORT, page);
    },
  };
  const { signals, bval } = options.scan ?? options;
  const input = await openInput({
    ...{ ...options, signals, intervals, pValues, beside },
    ...(bval === undefined ? {} : { bval }),
  });
  const progress = await openProgress(options.quiet);
  const release = endWhenInterrupted(() => 'nothing was written');
  let facts: Readonly<Record<string, Json>> = {};
  try {
    for (const text of options.scan?.notes ?? []) note(text);
    fitted = await fitInput({
      ...{ name, module, fitter, settings, input, threads, intervals, note },
      signals,
      bval: bval ?? signals[0],
      seed: deriveSeed(options.seed ?? 0, 'fit', 'prepare'),
      ...(typeof options.sigma === 'number' ? { sigma: options.sigma } : {}),
      ...(input.noise ? { byVoxel: input.noise } : {}),
      ...(options.snr === undefined ? {} : { snr: options.snr }),
      ...(tissue ? { tissue } : {}),
      ...(model ? { model } : {}),
      describe: () => facts,
      onProgress: (done, message) => progress.show(() => [progressLine(done, message)]),
      onEngine: (reason) => {
        if (options.verbose) say(`note: ${reason}`);
      },
    });
    const { sink, counts, protocol, sigma, engine, prepareSeconds } = fitted;
    facts = {
      fitter: name,
      label: fitter.label,
      source: fitter.source,
      settings: settingsThatCount(fitter, settings, model !== undefined) as Json,
      signals: options.signals,
      ...(options.scan ? { series: options.scan.title } : {}),
      bValues: Array.from(protocol.bValues),
      seed: options.seed ?? 0,
      version: programVersions()['ivim-bench'],
      ...(sigma === undefined ? {} : { sigma }),
      ...(options.model === undefined ? {} : { model: options.model }),
      ...(input.proposed ? { regionsProposedBy: input.proposed.facts } : {}),
      ...(engine === undefined ? {} : { engine }),
      voxels: counts.voxels,
      fitted: counts.fitted,
      voxelsByStatus: counts.byStatus,
      notes,
    };
    const complete = await finish(sink);
    say(summaryLine(counts));
    const timing = {
      threads: counts.threads,
      prepareSeconds,
      fitSeconds: counts.seconds,
      microsecondsPerVoxel: microsecondsPerVoxel(counts),
    };
    return {
      ...{ name, fitted: counts.fitted, summary: { ...facts, ...timing, files: complete.paths } },
      written: { ...complete, discard: () => sink.discard() },
      ...(kept ? { scan: kept } : {}),
    };
  } finally {
    release();
    progress.end();
    await input.source.close();
  }
}

/** Whether the report says a note in another place. */
const isShownElsewhere = (note: string, { noise, expects }: FittedInput): boolean =>
  expects.includes(note) || note.startsWith(noise) || note.startsWith('b-values ');

/** The title of the report of a scan. */
export const scanTitle = (signals: readonly string[]): string =>
  signals.map((file) => basename(file)).join(', ');

/** The command as it can be typed again. */
export const commandLine = (words: readonly string[]): string =>
  ['ivim-bench', ...words]
    .map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');

/** Completes the files of a fit, or removes them if that fails. */
async function finish(sink: EstimateSink): Promise<CompleteFiles> {
  try {
    return await sink.finish();
  } catch (error) {
    sink.discard();
    throw error;
  }
}
