import type { ZodType } from 'zod';
import type { Estimates, LabelledSignals, ParameterName, Signals } from './voxels.ts';

/** The distribution of a quantity, as written in YAML. */
export type Distribution =
  | { readonly uniform: readonly [number, number] }
  | { readonly logUniform: readonly [number, number] }
  | { readonly normal: { readonly mean: number; readonly sd: number } }
  | { readonly logNormal: LogNormal }
  | { readonly constant: number };

/** A quantity whose natural logarithm is normal, cut to a range. */
interface LogNormal {
  readonly median: number;
  /** Of the natural logarithm. As for `median`, that of the distribution before it is cut. */
  readonly sd: number;
  /** From, to; values outside are redrawn. */
  readonly within: readonly [number, number];
}

/** The distribution of the true parameters; also the prior that a Bayesian fitter may receive. */
export interface TissuePrior {
  readonly D: Distribution;
  readonly f: Distribution;
  readonly Dp: Distribution;
}

/** What a fitter requires in addition to the signals. */
export type Need =
  /** `Signals.sigma`, the noise level per voxel. */
  | 'sigma'
  /** `FitTask.allVoxels`, all the voxels that will be fitted, to learn a prior from. */
  | 'allVoxels'
  /** `FitTask.tissue`, the distribution of the tissue parameters. */
  | 'tissue';

/** How a fitter trains. The estimates of a fitter that trains depend on a seed. */
export type Training =
  /** On given voxels, `FitTask.training`. */
  | 'on given voxels'
  /** On voxels it simulates itself. */
  | 'on its own voxels';

/** A property that a method guarantees for its estimates. */
export type Guarantee =
  /** Recovers D, f and Dp of a noise-free voxel to 0.1 %. */
  | 'exact'
  /** Dp >= D. */
  | 'ordered';

/** Everything a fitter may use in `prepare`. What it does not list under `needs` may be absent. */
export interface FitTask {
  /** b-values in s/mm² of the signals that will be fitted, see `Signals.bValues`. */
  readonly bValues: Float64Array;
  /**
   * How many measurements each b-value's signal is the mean of. Absent: the same number for each. `Signals.sigma` is the noise
   * of a mean over the average number at b-values above 0.
   */
  readonly averages?: Float64Array;
  /** Seed of this preparation, derived from named axes; the only source of randomness allowed. */
  readonly seed: number;
  readonly tissue?: TissuePrior;
  /** Voxels to train on. `truth` is NaN where they come from a scan. */
  readonly training?: () => Promise<LabelledSignals>;
  readonly allVoxels?: () => Promise<Signals>;
  /** A saved preparation to load instead of preparing again. */
  readonly model?: SavedModel;
  /** Train a network even if one is shipped with the program. */
  readonly ignoreShipped?: boolean;
  /** A saved model whose weights training starts from, so that `prepare` refines it. Fitters that don't train ignore it. */
  readonly initial?: SavedModel;
  /** Reports the progress of a long preparation, 0..1. */
  readonly onProgress?: (done: number, message: string) => void;
}

/** A saved preparation: file names and contents. The caller decides where they are kept. */
export interface SavedModel {
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** One point of a training curve. */
export interface EpochLoss {
  readonly epoch: number;
  readonly loss: number;
}

/** A way to turn signals into estimates. One file in `src/fitters/`, its default export, named after the file. */
export interface Fitter<S = unknown> {
  /** Name for axes and legends. */
  readonly label: string;
  /** The paper or documentation the method comes from. */
  readonly source: string;
  /** Settings with their defaults; a strict object, so that unknown keys are errors. Absent: none. */
  readonly settings?: ZodType<S>;
  /**
   * Names of the settings that still apply when `FitTask.model` is given, such as how to compute. The model fixes the others:
   * setting them together with a model is an error. Absent: all apply.
   */
  readonly settingsWithModel?: readonly string[];
  /** Absent: the fitter does not train. */
  readonly trains?: Training;
  /** What the fitter needs, or a function of its settings that returns it. */
  readonly needs?: readonly Need[] | ((settings: S) => readonly Need[]);
  /** The parameters it estimates, if not all three. The others are NaN in every voxel and are not scored. */
  readonly estimates?: readonly ParameterName[];
  /**
   * Set if it estimates S0 from all signals, so that the lowest b-value of a scan without b=0 is passed on unchanged. For other
   * fitters it counts as 0.
   */
  readonly estimatesS0?: true;
  /** Set if it returns quantiles for every voxel; they are then written by default. */
  readonly givesIntervals?: true;
  /**
   * Set if its estimates are not the ones that explain all signals best under their model, since they are found in steps or by a
   * network that does not know the noise: residuals then hold its own errors, and are not tested.
   */
  readonly inexact?: true;
  /** Set if its trained model works at any b-values, so that it is trained only once. */
  readonly forAnyProtocol?: true;
  /** Set if it uses `FitTask.averages`. Other fitters assume equal noise in all signals. */
  readonly weighsAverages?: true;
  /**
   * What the conformance suite checks on every estimate. Absent: both, except `exact` for a fitter that needs `tissue` or
   * `training`, whose estimates depend on more than the signals, and `ordered` for one that needs `training`.
   */
  readonly guarantees?: readonly Guarantee[];
  /**
   * External code, settings and data that affect the numbers (such as an engine chosen at run time). Part of the key under
   * which results are stored.
   */
  readonly environment?: (settings: S) => Promise<Readonly<Record<string, string>>>;
  /**
   * Throws an `InputError` if the method can't handle these b-values (see `FitTask.bValues`), so that a config fails before any
   * work. Absent: it needs four different ones, for S0, D, f and Dp.
   */
  readonly checkProtocol?: (bValues: Float64Array, settings: S) => void;
  prepare(task: FitTask, settings: S): Promise<PreparedFitter>;
}

/** How the residuals of estimates are tested where the noise is known. */
export interface ResidualTest {
  /** See `FitTask.averages`; absent: the same number of measurements for each signal. */
  readonly averages?: Float64Array;
  /** What is subtracted from the number of signals. */
  readonly parameters: number;
}

/** A prepared fitter. `fit` may be called any number of times, with any number of voxels. */
export interface PreparedFitter {
  /**
   * Writes an estimate and a status for every voxel. Never changes `signals`, never throws because of a bad voxel, and returns
   * the same estimate for a voxel whatever else is in the batch.
   */
  fit(signals: Signals, out: Estimates): void | Promise<void>;
  /** Returns what `FitTask.model` needs to restore this fitter. A fitter without `save` is prepared again each time. */
  save?(): Promise<SavedModel>;
  /** Set by the program if the decay of its estimates can be compared with the signals. */
  readonly residualTest?: ResidualTest;
  /** Training curve, for fitters that train. */
  readonly losses?: readonly EpochLoss[];
  /** Facts that the report shows: the fitted prior, or why a slower engine was used. */
  readonly notes?: readonly string[];
  /**
   * Smallest number of voxels per call of `fit` that timings should use, if each call has a fixed cost (such as starting a
   * program).
   */
  readonly leastVoxels?: number;
  /** The backend: `JavaScript`, `WASM SIMD`, `TensorFlow`, … */
  readonly backend?: string;
  /** Why that backend, if there was a choice. */
  readonly backendReason?: string;
  dispose?(): void;
}
