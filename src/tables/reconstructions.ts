import type { Line, Table } from '../contracts/table.ts';
import { DATA_RESIDUAL, NRMSE_PERCENT, REGULARISATION } from '../measures/reconstruction.ts';
import { PSNR, SSIM } from '../measures/synthesis.ts';
import { IMAGE_SETS } from './reading/image-methods.ts';
import { armsOf, reconstructionMethods, reconstructionValue } from './reading/reconstruction-methods.ts';

const table: Table = {
  title: 'Errors of images from undersampled k-space',
  order: 1,
  beside: 'reconstruction-errors',
  caption:
    'Root-mean-square error of the magnitude in per cent of the true image, PSNR and SSIM, all over the brain: means over subjects with their 95 % ' +
    'intervals. The weight of a regulariser is the one with the lowest error on validation subjects, inside the grid of those that were tried. The last column is the ' +
    'largest relative distance of an image from the measured data, noise included.',
  build(rows) {
    const methods = reconstructionMethods(rows);
    if (methods.length === 0) return null;
    return {
      columns: [
        { name: 'set', label: 'Subjects' },
        { name: 'coils', label: 'Coils' },
        { name: 'acceleration', label: 'Acceleration' },
        { name: 'method', label: 'Method' },
        { name: 'nrmse_percent', label: 'NRMSE (%)', decimals: 2 },
        { name: 'psnr', label: 'PSNR (dB)', decimals: 1 },
        { name: 'ssim', label: 'SSIM', decimals: 3 },
        { name: 'regularisation', label: 'Weight', digits: 2 },
        { name: 'data_residual', label: 'Distance from the data', digits: 2 },
      ],
      lines: IMAGE_SETS.flatMap(([set, label]) =>
        armsOf(rows).flatMap((arm) =>
          methods.flatMap((method): Line[] => {
            const of = (measure: { readonly name: string }) =>
              reconstructionValue(rows, method, measure, { set, ...arm });
            const error = of(NRMSE_PERCENT);
            if (error === null) return [];
            const weight = reconstructionValue(rows, method, REGULARISATION, { ...arm });
            const residual = of(DATA_RESIDUAL);
            return [
              {
                values: [
                  label,
                  arm.coils,
                  arm.acceleration,
                  method,
                  error,
                  of(PSNR),
                  of(SSIM),
                  weight?.value ?? null,
                  residual?.value ?? null,
                ],
              },
            ];
          }),
        ),
      ),
    };
  },
};
export default table;
