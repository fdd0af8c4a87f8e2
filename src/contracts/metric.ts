import type { ParameterName } from './voxels.ts';

/**
 * A statistic of estimates against truth over voxels. One file in `src/metrics/`, its default export, named
 * after the file with underscores for hyphens.
 */
export interface Metric {
  readonly label: string;
  /** Source or definition in a line. */
  readonly definition: string;
  /** Unit of the value for a parameter; '' where it has none. */
  unit(parameter: ParameterName): string;
  /**
   * The 95 % interval over voxels where a closed form exists, as for a proportion, or null for a sample to which it does not
   * apply, which is bootstrapped; false for metrics without an interval (such as the quantiles of a box plot). Absent: it is
   * bootstrapped.
   */
  readonly interval?: false | ((sample: ErrorSample) => Interval | null);
  /** `intervals`: only for fitters that report uncertainties; others have no such rows. */
  readonly needs?: 'intervals';
  /**
   * Prepares one sample and returns the statistic as a function of integer weights, so that a bootstrap draws counts instead of
   * copying voxels.
   */
  over(sample: ErrorSample): Statistic;
}

/**
 * Metrics that are read together, as the default export of one file in `src/metrics/`: by the name their rows carry,
 * whatever the name of the file.
 */
export interface MetricFamily {
  readonly family: Readonly<Record<string, Metric>>;
}

/**
 * A statistic of one sample. `weights` has one entry per voxel; `null` means all 1. NaN where it is undefined. Metrics of the
 * same sample share sums that are cached by the identity of the weights array, so each resample needs a new array.
 */
export type Statistic = (weights: Uint8Array | null) => number;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** All voxels of a sample. Metrics skip failed voxels, except those that count failures. */
export interface ErrorSample {
  readonly parameter: ParameterName;
  /** Estimates, NaN where failed. */
  readonly estimate: Float64Array;
  readonly truth: Float64Array;
  /** Uncertainties as in `Estimates`; absent if the fitter reports none for any voxel. */
  readonly sd?: Float64Array;
  readonly quantiles?: Float64Array;
  /** Computes the sums over resamples; JavaScript does if absent. */
  readonly kernel?: SummingKernel;
}

/** Writes the weighted sums of the four columns of a table into `out`, and returns it. */
export interface SummingKernel {
  /** @param table row by row; may not change between calls */
  sum(weights: Uint8Array, table: Float64Array, out: Float64Array): Float64Array;
}

/** Stands in for a fitter's name in rows of true values, where the truth is known. */
export const TRUTH = 'truth';

/** What the name of a session ends in that repeats another one with ideal readers: `3Tideal`. */
export const IDEAL = 'ideal';

/** Stands in for a fitter's name in rows of the Cramér-Rao bound. */
export const BOUND = 'bound';

/** A factor of times: how many other cells of the run may have been running during the measurement. */
export const CONCURRENT_CELLS = 'concurrent_cells';

/** One statistic of a run: a row of `tables/metrics.csv`. */
export interface Row {
  readonly experiment: string;
  readonly method: string;
  /** Factor columns: `snr`, `depth`, `region`, … */
  readonly factors: Readonly<Record<string, string | number>>;
  /** The quantity, such as D, f or Dp; '' for a value of the whole fit. */
  readonly parameter: string;
  readonly metric: string;
  readonly value: number;
  readonly ciLow: number;
  readonly ciHigh: number;
  readonly unit: string;
  readonly n: number;
}
