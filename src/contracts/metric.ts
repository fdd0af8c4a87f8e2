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
   * The rows' 95 % interval over voxels where it has a closed form, as that of a share has; false where rows carry
   * none (the quantiles a box plot draws, say). By default it is bootstrapped.
   */
  readonly interval?: false | ((sample: ErrorSample) => Interval);
  /** `intervals`: of fitters that say how sure they are, and left out of the rows of others. */
  readonly needs?: 'intervals';
  /**
   * Gets ready for one sample and returns the statistic under integer weights, so that a bootstrap draws
   * counts instead of copying voxels.
   */
  over(sample: ErrorSample): Statistic;
}

/**
 * A statistic of one sample. `weights` has one entry per voxel; `null` means all 1. NaN where it is undefined.
 * Metrics of one sample share sums, remembered by the array they were taken under: other weights, another array.
 */
export type Statistic = (weights: Uint8Array | null) => number;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Every voxel of a sample. Metrics leave failed voxels out, except those that count them. */
export interface ErrorSample {
  readonly parameter: ParameterName;
  /** Estimates, NaN where failed. */
  readonly estimate: Float64Array;
  readonly truth: Float64Array;
  /** What the fitter said of its sureness, as in `Estimates`; absent where it said nothing of any voxel. */
  readonly sd?: Float64Array;
  readonly quantiles?: Float64Array;
  /** Sums resamples; JavaScript where absent. */
  readonly kernel?: SummingKernel;
}

/** Sums the four columns of a table of numbers, each row times its weight, into `out`, and returns it. */
export interface SummingKernel {
  /** @param table row by row; may not change between calls */
  sum(weights: Uint8Array, table: Float64Array, out: Float64Array): Float64Array;
}

/** What rows of true values have in place of a fitter, where the truth is known. */
export const TRUTH = 'truth';

/** What rows of the Cramér-Rao bound have in place of a fitter. */
export const BOUND = 'bound';

/** The factor of times that counts the other cells which may have run meanwhile. Version 0.1 called it `beside`. */
export const CONCURRENT_CELLS = 'concurrent_cells';

/** One statistic of a run, as `tables/metrics.csv` has it. */
export interface Row {
  readonly experiment: string;
  readonly method: string;
  /** Factor columns: `snr`, `depth`, `region`, … */
  readonly factors: Readonly<Record<string, string | number>>;
  /** The quantity the value is of, as in D, f or Dp; '' where it is of the whole fit. */
  readonly parameter: string;
  readonly metric: string;
  readonly value: number;
  readonly ciLow: number;
  readonly ciHigh: number;
  readonly unit: string;
  readonly n: number;
}
