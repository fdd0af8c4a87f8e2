import type { ZodType } from 'zod';
import type { Estimates, LabelledSignals, ParameterName, Signals } from './voxels.ts';

/** How a quantity is drawn, as YAML says it. */
export type Distribution =
  | { readonly uniform: readonly [number, number] }
  | { readonly logUniform: readonly [number, number] }
  | { readonly normal: { readonly mean: number; readonly sd: number } }
  | { readonly constant: number };

/** The distribution of the true parameters, which is also the prior a Bayesian fitter may be given. */
export interface TissuePrior {
  readonly D: Distribution;
  readonly f: Distribution;
  readonly Dp: Distribution;
}

/** What a fitter cannot do without, besides the signals themselves. */
export type Need =
  /** `Signals.sigma`, the noise level per voxel. */
  | 'sigma'
  /** All the voxels that will be fitted, `FitTask.allVoxels`, to learn a prior from. */
  | 'allVoxels'
  /** The distribution the tissue comes from: `FitTask.tissue`. */
  | 'tissue';

/** How a fitter trains. What it then answers depends on a seed. */
export type Training =
  /** On voxels it is given, `FitTask.training`. */
  | 'on given voxels'
  /** On voxels it simulates by itself. */
  | 'on its own voxels';

/** What a method promises of its answers. */
export type Guarantee =
  /** A voxel without noise gets its true D, f and Dp to 0.1 %. */
  | 'exact'
  /** Dp >= D. */
  | 'ordered';

/** Everything a fitter may use to get ready. What a fitter does not list under `needs` may be absent. */
export interface FitTask {
  /** b-values in s/mm² of the signals that will be fitted, see `Signals.bValues`. */
  readonly bValues: Float64Array;
  /**
   * How many measurements the signal of each b-value is the mean of. Absent: as many each. `Signals.sigma` is the noise
   * of a mean of as many as b-values above 0 have on average.
   */
  readonly averages?: Float64Array;
  /** Seed of this preparation, derived from named axes; the only source of randomness allowed. */
  readonly seed: number;
  readonly tissue?: TissuePrior;
  /** Voxels to train on. `truth` is NaN where they come from a scan. */
  readonly training?: () => Promise<LabelledSignals>;
  readonly allVoxels?: () => Promise<Signals>;
  /** An earlier preparation to start from instead of preparing anew. */
  readonly model?: SavedModel;
  /** Train a network even where one comes with the program. */
  readonly ignoreShipped?: boolean;
  /** A saved model whose weights training begins with, so that `prepare` refines it. Fitters that don't train ignore it. */
  readonly initial?: SavedModel;
  /** Told how far a long preparation is, 0..1. */
  readonly onProgress?: (done: number, message: string) => void;
}

/** A saved preparation: file names and their contents. Where they are kept is the caller's business. */
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
   * Names of the settings that still count where `FitTask.model` is given, as how to compute; the model decides the
   * others, and who gives them beside a model is told so. Absent: all count.
   */
  readonly settingsWithModel?: readonly string[];
  /** Absent: it trains nothing. */
  readonly trains?: Training;
  /** What it needs, or which of its settings make it need what. */
  readonly needs?: readonly Need[] | ((settings: S) => readonly Need[]);
  /**
   * The parameters it estimates, where that isn't all three. The others are NaN in every voxel, fitted or not, and
   * nothing scores them.
   */
  readonly estimates?: readonly ParameterName[];
  /**
   * Estimates S0 from all signals, so that the lowest b-value of a scan without b=0 is handed to it as it is. For other fitters
   * it counts as 0.
   */
  readonly estimatesS0?: true;
  /** Tells quantiles of every voxel, so that they are worth writing without being asked for. */
  readonly givesIntervals?: true;
  /** What it trains serves any b-values, so that it is trained once for all of them. */
  readonly forAnyProtocol?: true;
  /** Makes use of `FitTask.repeats`. Fitters that don't take the noise of all signals to be alike. */
  readonly weighsAverages?: true;
  /**
   * What the conformance suite holds every answer to. Absent: both, but not `exact` for a fitter that needs `tissue`
   * or `training`, whose answers lean on more than the signals, nor `ordered` for one that needs `training`.
   */
  readonly guarantees?: readonly Guarantee[];
  /**
   * What outside code, settings and data decides the numbers (an engine chosen at run time, say).
   * It becomes part of the key under which results are stored.
   */
  readonly environment?: (settings: S) => Promise<Readonly<Record<string, string>>>;
  /**
   * Throws an `InputError` where the method can't do with these b-values (see `FitTask.bValues`), so that a config says so before
   * any work. Absent: it needs four different ones, for S0, D, f and Dp.
   */
  readonly checkProtocol?: (bValues: Float64Array, settings: S) => void;
  prepare(task: FitTask, settings: S): Promise<PreparedFitter>;
}

/** A fitter ready to fit. It may be asked many times, with any number of voxels. */
export interface PreparedFitter {
  /**
   * Writes an estimate and a status for every voxel. Never changes `signals`, never throws for a bad
   * voxel, and gives the same answer for a voxel whatever else is in the batch.
   */
  fit(signals: Signals, out: Estimates): void | Promise<void>;
  /** What `FitTask.model` needs to get here again without preparing. A fitter without it is prepared again wherever it is needed. */
  save?(): Promise<SavedModel>;
  /** Training curve, for fitters that train. */
  readonly losses?: readonly EpochLoss[];
  /** Facts worth a line in the report: the fitted prior, an engine that took the place of a quicker one. */
  readonly notes?: readonly string[];
  /** Fewest voxels worth a call of `fit`, where the call itself is slow (it starts a program, say): timings use as many. */
  readonly leastVoxels?: number;
  /** What computed: `JavaScript`, `WASM SIMD`, `TensorFlow`, … */
  readonly backend?: string;
  /** Why that one, where there was a choice. */
  readonly backendReason?: string;
  dispose?(): void;
}
