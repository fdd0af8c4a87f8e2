import { availableParallelism } from 'node:os';
import { InputError } from '../contracts/input-error.ts';
import type { Json } from '../contracts/experiment.ts';
import type { EstimateSink } from '../data/estimate-sink.ts';
import { checkBValues, takenBValues } from '../data/check-b-values.ts';
import { mostAtBound } from '../data/most-at-bound.ts';
import { schemeOf, type Scheme } from '../data/scheme.ts';
import { noiseOf } from '../fitting/noise-of.ts';
import { fitRows } from '../fitting/fit-rows.ts';
import { openInput, type Input } from '../fitting/open-input.ts';
import { prepareFitter } from '../fitting/prepare.ts';
import { PriorCount } from '../fitting/prior-notes.ts';
import { rowNotes } from '../fitting/row-notes.ts';
import { fitterOf, readModel } from '../fitting/saved-model.ts';
import { fitterSettings, refuseDecidedSettings, settingsThatCount } from '../fitting/settings.ts';
import { attempted, microsecondsPerVoxel, summaryLine } from '../fitting/summary.ts';
import { readTissue } from '../fitting/tissue.ts';
import { loadFitter } from '../plugins/discover.ts';
import { needsOf } from '../plugins/needs-of.ts';
import { deriveSeed } from '../random/seed.ts';
import { KURTOSIS_FROM } from '../signal/b-values.ts';
import { endWhenInterrupted } from '../terminal/interruption.ts';
import { printJson, printMessage } from '../terminal/print.ts';
import { openProgress, progressLine } from '../terminal/progress.ts';
import { counted } from '../wording/counted.ts';

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
  const input = await openInput({ ...options, intervals });
  const { source } = input;
  let sink: EstimateSink | undefined;
  const progress = await openProgress(options.quiet);
  const release = endWhenInterrupted(() => 'nothing was written');
  try {
    const measured = schemeOf(
      source.bValues,
      source.normalised,
      options.bval ?? options.signals[0],
      source.zeroWithin,
    );
    for (const text of [...source.notes, ...measured.notes, ...bValueNotes(measured, input.kind)]) note(text);
    const taken = takenBValues(name, fitter, measured.bValues);
    for (const text of taken.notes) note(text);
    const scheme = { ...measured, bValues: taken.bValues };
    const facts: Record<string, Json> = {};
    sink = await input.openSink(() => facts);
    checkBValues(name, fitter, scheme.bValues, settings);
    for (const text of await rowNotes(source, measured, input.kind === 'nifti')) note(text);
    const known = await noiseOf(
      source,
      measured,
      options,
      needsOf(fitter, settings).includes('sigma') ? name : undefined,
    );
    if (known?.note) note(known.note);
    const sigma = known ? { sigma: known.sigma } : {};
    const prepared = await prepareFitter({
      name,
      module,
      fitter,
      settings,
      source,
      scheme,
      seed: deriveSeed(options.seed ?? 0, 'fit', 'prepare'),
      ...sigma,
      ...(tissue ? { tissue } : {}),
      ...(model ? { model } : {}),
      note,
      onProgress: (done, message) => progress.show(() => [progressLine(done, message)]),
    });
    for (const text of prepared.fitter.notes ?? []) note(text);
    const engine = prepared.fitter.backendReason;
    if (options.verbose && engine !== undefined) say(`note: ${engine}`);
    const priors = new PriorCount();
    const counts = await fitRows(source, scheme, prepared.fitter, priors.counting(sink), {
      threads,
      onProgress: (done, of) =>
        progress.show(() => [progressLine(done / of, `${done} of ${counted(of, 'voxel')} fitted`)]),
      // Computed even if they are not written, to count voxels without perfusion.
      intervals: intervals || fitter.givesIntervals === true,
      ...sigma,
      ...(threads > 1 && prepared.startPool ? { startPool: prepared.startPool } : {}),
    });
    prepared.fitter.dispose?.();
    if (attempted(counts) === 0) {
      const { background = 0, notFinite = 0 } = counts.byStatus;
      throw new InputError(
        `${options.signals.join(', ')}: no voxel can be fitted (${background} without signal or outside the mask, ` +
          `${notFinite} not finite or with a b=0 signal that is not positive)`,
      );
    }
    for (const text of [
      ...mostAtBound(counts.byStatus['atBound'] ?? 0, counts.fitted),
      ...(fitter.givesIntervals ? priors.notes() : []),
    ]) {
      note(text);
    }
    Object.assign(facts, {
      fitter: name,
      label: fitter.label,
      source: fitter.source,
      settings: settingsThatCount(fitter, settings, model !== undefined) as Json,
      signals: options.signals,
      bValues: Array.from(scheme.bValues),
      seed: options.seed ?? 0,
      ...sigma,
      ...(options.model === undefined ? {} : { model: options.model }),
      ...(engine === undefined ? {} : { engine }),
      voxels: counts.voxels,
      fitted: counts.fitted,
      voxelsByStatus: counts.byStatus,
      notes,
    });
    const files = await sink.finish();
    say(summaryLine(counts));
    say(`wrote ${files.join(', ')}`);
    if (options.json) {
      const timing = {
        threads: counts.threads,
        prepareSeconds: prepared.seconds,
        fitSeconds: counts.seconds,
        microsecondsPerVoxel: microsecondsPerVoxel(counts),
      };
      printJson({ ...facts, ...timing, files });
    }
    return counts.fitted > 0 ? 0 : 1;
  } catch (error) {
    sink?.discard();
    throw error;
  } finally {
    release();
    progress.end();
    await source.close();
  }
}

/** Maximum number of b-values in one note. */
const NAMED = 24;

/** Notes the b-values that were read, and whether they exceed the range of the model. Tables name theirs in the columns. */
function bValueNotes({ bValues, repeats }: Scheme, kind: Input['kind']): string[] {
  const notes: string[] = [];
  if (kind !== 'csv') {
    const words = Array.from(bValues, (b, k) => (repeats[k] > 1 ? `${b} (${repeats[k]} times)` : `${b}`));
    const more = words.length > NAMED ? ` … and ${words.length - NAMED} more` : '';
    notes.push(`b-values in s/mm²: ${words.slice(0, NAMED).join(', ')}${more}`);
  }
  const largest = bValues[bValues.length - 1];
  if (largest > KURTOSIS_FROM) {
    notes.push(
      `b-values go up to ${largest} s/mm²: above about ${KURTOSIS_FROM} tissue decays more slowly than the bi-exponential model ` +
        '(kurtosis), and D is underestimated',
    );
  }
  return notes;
}
