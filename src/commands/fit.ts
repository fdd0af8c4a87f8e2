import { availableParallelism } from 'node:os';
import type { Json } from '../contracts/experiment.ts';
import type { EstimateSink } from '../data/estimate-sink.ts';
import { fitInput } from '../fitting/fit-input.ts';
import { openInput } from '../fitting/open-input.ts';
import { fitterOf, readModel } from '../fitting/saved-model.ts';
import { fitterSettings, refuseDecidedSettings, settingsThatCount } from '../fitting/settings.ts';
import { microsecondsPerVoxel, summaryLine } from '../fitting/summary.ts';
import { readTissue } from '../fitting/tissue.ts';
import { loadFitter } from '../plugins/discover.ts';
import { needsOf } from '../plugins/needs-of.ts';
import { residualTestOf } from '../preparation/residual-test.ts';
import { deriveSeed } from '../random/seed.ts';
import { endWhenInterrupted } from '../terminal/interruption.ts';
import { printJson, printMessage } from '../terminal/print.ts';
import { openProgress, progressLine } from '../terminal/progress.ts';

export interface FitOptions {
  /** Images (.nii, .nii.gz), or one .csv or .npy table. */
  readonly signals: readonly string[];
  /** Name or path of a fitter; by default that of `model`, or the network for any protocol. */
  readonly fitter?: string;
  readonly bval?: string;
  /** An image, or `auto` to compute a mask from the scan. */
  readonly mask?: string;
  /** Use the mask's voxels in file order and ignore the position in its header. */
  readonly ignoreSpace?: boolean;
  readonly model?: string;
  /** `path=value` assignments of the fitter's settings. */
  readonly set?: readonly string[];
  /** Noise per quadrature channel in the unit of the signals. */
  readonly sigma?: number;
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
  readonly workers?: number;
  readonly seed?: number;
  /** Prints the summary as JSON to standard output. */
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** Also print which engine is used. */
  readonly verbose?: boolean;
}

const DEFAULT_FITTER = 'any-protocol-net';

/**
 * Fits the voxels of a file and writes maps or a table.
 * @returns the exit code: 0, or 1 if no voxel has an estimate
 * @throws InputError if the input is invalid or no voxel can be fitted; nothing is written then
 */
export async function fit(options: FitOptions): Promise<number> {
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
  const input = await openInput({ ...options, intervals, pValues });
  const progress = await openProgress(options.quiet);
  const release = endWhenInterrupted(() => 'nothing was written');
  let facts: Readonly<Record<string, Json>> = {};
  try {
    const { sink, counts, bValues, sigma, engine, prepareSeconds } = await fitInput({
      ...{ name, module, fitter, settings, input, threads, intervals, note },
      signals: options.signals,
      bval: options.bval ?? options.signals[0],
      seed: deriveSeed(options.seed ?? 0, 'fit', 'prepare'),
      ...(options.sigma === undefined ? {} : { sigma: options.sigma }),
      ...(options.snr === undefined ? {} : { snr: options.snr }),
      ...(tissue ? { tissue } : {}),
      ...(model ? { model } : {}),
      describe: () => facts,
      onProgress: (done, message) => progress.show(() => [progressLine(done, message)]),
      onEngine: (reason) => {
        if (options.verbose) say(`note: ${reason}`);
      },
    });
    facts = {
      fitter: name,
      label: fitter.label,
      source: fitter.source,
      settings: settingsThatCount(fitter, settings, model !== undefined) as Json,
      signals: options.signals,
      bValues: Array.from(bValues),
      seed: options.seed ?? 0,
      ...(sigma === undefined ? {} : { sigma }),
      ...(options.model === undefined ? {} : { model: options.model }),
      ...(engine === undefined ? {} : { engine }),
      voxels: counts.voxels,
      fitted: counts.fitted,
      voxelsByStatus: counts.byStatus,
      notes,
    };
    const files = await finish(sink);
    say(summaryLine(counts));
    say(`wrote ${files.join(', ')}`);
    if (options.json) {
      const timing = {
        threads: counts.threads,
        prepareSeconds,
        fitSeconds: counts.seconds,
        microsecondsPerVoxel: microsecondsPerVoxel(counts),
      };
      printJson({ ...facts, ...timing, files });
    }
    return counts.fitted > 0 ? 0 : 1;
  } finally {
    release();
    progress.end();
    await input.source.close();
  }
}

/** Gives the files of a fit their names, or removes them if that fails. */
async function finish(sink: EstimateSink): Promise<readonly string[]> {
  try {
    return await sink.finish();
  } catch (error) {
    sink.discard();
    throw error;
  }
}
