import type { Regions } from '../contracts/regions.ts';
import type { Estimates } from '../contracts/voxels.ts';
import type { NiftiHeader } from '../data/nifti-header.ts';

/** A scan and what one fitter made of it. Arrays hold all voxels, x fastest. */
export interface FittedScan {
  /** Name of the fitter. */
  readonly fitter: string;
  readonly grid: Pick<NiftiHeader, 'shape' | 'affine' | 'placed'>;
  /** b-values in s/mm² as passed to the fitter, ascending. */
  readonly bValues: Float64Array;
  /** Measurements per b-value. */
  readonly averages: Float64Array;
  /** Maps by the names of their files: S0, D, f, Dp, D_sd, residual, …; NaN where there is no value. */
  readonly maps: ReadonlyMap<string, Float32Array>;
  /** One of `Status` per voxel. */
  readonly status: Uint8Array;
  /** Noise per quadrature channel of one measurement, in the unit of the scan, if known. */
  readonly sigma?: number;
  /** Drawn regions, and the estimates from the mean signal of each, in the order of their names. */
  readonly regions?: Regions & { readonly ofMeans: Estimates };
  readonly measured: MeasuredSignals;
}

/** What of the signals themselves a report shows. */
export interface MeasuredSignals {
  /** Mean signal at the lowest b-value, of voxels outside the mask too. */
  readonly lowest: Float32Array;
  /** Voxels with an estimate, at even distances if there are many. */
  readonly voxels: Uint32Array;
  /** Their signals, a mean per b-value in the unit of the scan: voxels.length x bValues.length, row-major. */
  readonly values: Float32Array;
}
