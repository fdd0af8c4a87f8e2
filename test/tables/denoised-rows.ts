import type { Row } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { CV_PERCENT, ICC2 } from '../../src/measures/agreement.ts';
import {
  denoisedMethod,
  LESION_BIAS,
  LESION_RECOVERY,
  SIGNAL_ERROR,
  VOXEL_RMSE,
  VOXEL_RMSE_DIFFERENCE,
} from '../../src/measures/denoising.ts';
import type { Measure } from '../../src/measures/measure.ts';

const DENOISINGS = ['none', 'Gaussian filter', 'MP-PCA', 'unet'];
/** What the errors of a fitter without denoising become. */
const SHARES = [1, 0.8, 0.9, 0.6];
const ERRORS = { D: 2e-4, f: 0.08, Dp: 0.06 };

/** Rows of a study of denoising: fits by some fitters after every denoising. */
export function denoisedRows(fitters: readonly string[] = ['ls', 'segmented']): Row[] {
  const row = (
    measure: Measure,
    method: string,
    parameter: string,
    value: number,
    factors: Row['factors'],
  ): Row => ({
    ...{ experiment: 'denoise-ivim', method, parameter, metric: measure.name, value, factors },
    ...{ ciLow: value - 0.1 * Math.abs(value), ciHigh: value + 0.1 * Math.abs(value) },
    ...{ unit: measure.unit(parameter), n: 10 },
  });
  return [
    ...DENOISINGS.map((denoising, k) =>
      row(SIGNAL_ERROR, denoising, '', SHARES[k], { denoising, set: 'test' }),
    ),
    ...fitters.flatMap((fitter, i) =>
      DENOISINGS.flatMap((denoising, k) =>
        PARAMETERS.flatMap((parameter) => {
          const method = denoisedMethod(fitter, denoising);
          const error = (1 - 0.1 * i) * SHARES[k] * ERRORS[parameter];
          const own = { denoising, set: 'test' };
          return [
            row(VOXEL_RMSE, method, parameter, error, own),
            ...(k === 0
              ? []
              : [
                  row(VOXEL_RMSE_DIFFERENCE, method, parameter, (1 - 1 / SHARES[k]) * error, {
                    ...{ ...own, compared_with: fitter },
                  }),
                ]),
            row(LESION_BIAS, method, parameter, parameter === 'Dp' ? 60 + 10 * k : -5, own),
            row(LESION_RECOVERY, method, parameter, 1 - 0.1 * k, own),
            row(ICC2, method, parameter, 0.9 + 0.02 * k, { denoising, session: 'ses-15T' }),
            row(CV_PERCENT, method, parameter, 20 - k, { denoising, session: 'ses-15T' }),
          ];
        }),
      ),
    ),
  ];
}
