import type { Row } from '../../contracts/metric.ts';
import type { ParameterName } from '../../contracts/voxels.ts';
import {
  AS_ACQUIRED,
  denoisedMethod,
  GAUSSIAN,
  MP_PCA,
  SIGNAL_ERROR,
  VOXEL_RMSE,
} from '../../measures/denoising.ts';

/** Fits of a series as acquired and after every denoising, as tables and figures show them. */
export interface DenoisedFits {
  /** Fitters in the order of the rows. */
  readonly fitters: readonly string[];
  /** As acquired, then filters, then networks. */
  readonly denoisings: readonly string[];
  /** The row of a measure after a denoising; undefined without one. */
  readonly find: (
    measure: { readonly name: string },
    fitter: string,
    denoising: string,
    parameter: ParameterName,
  ) => Row | undefined;
  /** The error of signals after a denoising, in units of the noise. */
  readonly signalError: (denoising: string) => Row | undefined;
}

const FIRST: readonly string[] = [AS_ACQUIRED, GAUSSIAN, MP_PCA];

/** Null without rows of denoised fits. */
export function denoisedFits(rows: readonly Row[]): DenoisedFits | null {
  const own = rows.filter(({ metric }) => metric === VOXEL_RMSE.name);
  if (own.length === 0) return null;
  const found = [...new Set(own.map(({ factors }) => String(factors.denoising)))];
  const denoisings = [
    ...FIRST.filter((name) => found.includes(name)),
    ...found.filter((name) => !FIRST.includes(name)),
  ];
  const fitters = [
    ...new Set(own.filter(({ factors }) => factors.denoising === AS_ACQUIRED).map(({ method }) => method)),
  ];
  return {
    fitters,
    denoisings,
    find: ({ name }, fitter, denoising, parameter) =>
      rows.find(
        (row) =>
          row.metric === name &&
          row.method === denoisedMethod(fitter, denoising) &&
          row.parameter === parameter &&
          row.factors.denoising === denoising &&
          row.factors.compared_with === undefined &&
          row.factors.region === undefined,
      ),
    signalError: (denoising) =>
      rows.find(({ metric, factors }) => metric === SIGNAL_ERROR.name && factors.denoising === denoising),
  };
}

/** How people call a denoising. */
export const denoisingText = (denoising: string): string =>
  denoising === AS_ACQUIRED ? 'as acquired' : denoising;
