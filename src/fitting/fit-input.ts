import { InputError } from '../contracts/input-error.ts';
import { bValueNotes } from '../data/b-value-notes.ts';
import { checkBValues, takenBValues } from '../data/check-b-values.ts';
import type { RowSource } from '../data/row-source.ts';
import type { EstimateSink } from '../data/estimate-sink.ts';
import { measuredProtocol, type MeasuredProtocol } from '../data/measured-protocol.ts';
import { mostAtBound } from '../data/most-at-bound.ts';
import type { Estimates } from '../contracts/voxels.ts';
import type { Json } from '../contracts/experiment.ts';
import { needsOf } from '../plugins/needs-of.ts';
import { counted } from '../wording/counted.ts';
import { fitRegionMeans } from './fit-region-means.ts';
import { poorFitNotes } from './poor-fit-notes.ts';
import { fitRows, type FitCounts } from './fit-rows.ts';
import { noiseOf, type NoiseByVoxel } from './noise-of.ts';
import type { Input } from './open-input.ts';
import { prepareFitter, type PrepareInput } from './prepare.ts';
import { PriorCount } from './prior-notes.ts';
import { rowNotes } from './row-notes.ts';
import { attempted } from './summary.ts';

export interface FitWork extends Pick<
  PrepareInput,
  'name' | 'module' | 'fitter' | 'settings' | 'seed' | 'tissue' | 'model' | 'note'
> {
  readonly input: Input;
  /** Names of the input files, for messages. */
  readonly signals: readonly string[];
  /** File of the b-values, for messages. */
  readonly bval: string;
  /** Noise per quadrature channel in the unit of the signals. */
  readonly sigma?: number;
  /** A noise level of every voxel, instead. */
  readonly byVoxel?: NoiseByVoxel;
  /** Median signal at b=0 divided by the noise, instead of `sigma`. */
  readonly snr?: number;
  /** Maximum number of threads. */
  readonly threads: number;
  /** Whether standard deviations and quantiles are written. */
  readonly intervals: boolean;
  /** Returns the facts of the fit for the output, called when it is finished. */
  readonly describe: () => Readonly<Record<string, Json>>;
  readonly onProgress: (done: number, message: string) => void;
  /** Called once the fitter is prepared, with the reason for the engine of a network. */
  readonly onEngine: (reason: string) => void;
}

/** A fit whose files are complete but do not have their names yet: call `finish` or `discard` of `sink`. */
export interface FittedInput {
  readonly sink: EstimateSink;
  readonly counts: FitCounts;
  /** b-values as passed to the fitter, and which measurements each is the mean of. */
  readonly protocol: MeasuredProtocol;
  /** The noise, given or estimated; absent if it is neither. */
  readonly sigma?: number;
  /** How the noise was obtained, for people. */
  readonly noise: string;
  /** What the fitter expects of tissue and noise, or has learnt, in its own words. */
  readonly expects: readonly string[];
  /** Estimates from the mean signal of each region, in the order of their names. */
  readonly ofRegions?: Estimates;
  readonly engine?: string;
  /** Time of the preparation, in seconds. */
  readonly prepareSeconds: number;
}

/**
 * Fits the voxels of opened files: checks the b-values, determines the noise, prepares the fitter and fits all rows.
 * @throws InputError if the input does not suit the fitter or no voxel can be fitted; the output is discarded then
 */
export async function fitInput(work: FitWork): Promise<FittedInput> {
  const { name, fitter, settings, input, note, onProgress } = work;
  const { source: given } = input;
  let source = given;
  const measured = measuredProtocol(source.bValues, source.normalised, work.bval, source.zeroWithin);
  const listed = input.kind !== 'csv';
  for (const text of [...source.notes, ...measured.notes, ...bValueNotes(measured, listed)]) note(text);
  const taken = takenBValues(name, fitter, measured.bValues);
  for (const text of taken.notes) note(text);
  const protocol = { ...measured, bValues: taken.bValues };
  const sink = await input.openSink(work.describe);
  try {
    checkBValues(name, fitter, protocol.bValues, settings);
    for (const text of await rowNotes(source, measured, input.kind === 'nifti')) note(text);
    const neededBy = needsOf(fitter, settings).includes('sigma') ? name : undefined;
    const known = await noiseOf(source, measured, work, neededBy);
    if (known?.note) note(known.note);
    if (known?.map) source = withNoise(source, known.map, note);
    const sigma = known ? { sigma: known.sigma } : {};
    const { tissue, model } = work;
    const prepared = await prepareFitter({
      ...{ name, fitter, settings, source, protocol, note, onProgress },
      module: work.module,
      seed: work.seed,
      ...sigma,
      ...(tissue ? { tissue } : {}),
      ...(model ? { model } : {}),
    });
    const expects = (prepared.fitter.notes ?? []).filter((text) => !taken.notes.includes(text));
    for (const text of expects) note(text);
    const engine = prepared.fitter.backendReason;
    if (engine !== undefined) work.onEngine(engine);
    const priors = new PriorCount();
    const counts = await fitRows(source, protocol, prepared.fitter, priors.counting(sink), {
      threads: work.threads,
      onProgress: (done, of) => onProgress(done / of, `${done} of ${counted(of, 'voxel')} fitted`),
      // Computed even if they are not written, to count voxels without perfusion.
      intervals: work.intervals || fitter.givesIntervals === true,
      ...sigma,
      ...(work.threads > 1 && prepared.startPool ? { startPool: prepared.startPool } : {}),
    });
    const { maps } = sink;
    const { regions } = input;
    const ofRegions =
      maps && regions
        ? await fitRegionMeans(source, protocol, prepared.fitter, { regions, status: maps.status, ...sigma })
        : undefined;
    prepared.fitter.dispose?.();
    if (attempted(counts) === 0) {
      const { background = 0, notFinite = 0 } = counts.byStatus;
      throw new InputError(
        `${work.signals.join(', ')}: no voxel can be fitted (${background} without signal or outside the mask, ` +
          `${notFinite} not finite or with a b=0 signal that is not positive)`,
      );
    }
    for (const text of [
      ...mostAtBound(counts.byStatus['atBound'] ?? 0, counts.fitted),
      ...poorFitNotes(counts.byStatus['poorFit'] ?? 0, counts.fitted),
      ...(fitter.givesIntervals ? priors.notes() : []),
    ]) {
      note(text);
    }
    return {
      ...{ sink, counts, protocol, expects, prepareSeconds: prepared.seconds },
      ...sigma,
      ...(ofRegions ? { ofRegions } : {}),
      noise: known?.origin ?? 'not given; this fitter does not need it',
      ...(engine === undefined ? {} : { engine }),
    };
  } catch (error) {
    sink.discard();
    throw error;
  }
}

/** Rows with their noise; those that have none are not fitted. */
function withNoise(source: RowSource, sigma: Float64Array, note: (text: string) => void): RowSource {
  const inside = new Uint8Array(sigma.length);
  for (let i = 0; i < inside.length; i++) inside[i] = sigma[i] > 0 && source.inside?.[i] !== 0 ? 1 : 0;
  const lost = source.inside?.reduce((sum, flag, i) => sum + Number(flag !== 0 && inside[i] === 0), 0) ?? 0;
  if (lost > 0) note(`${counted(lost, 'voxel')} of the mask without a noise level are not fitted`);
  return { ...source, sigma, inside };
}
