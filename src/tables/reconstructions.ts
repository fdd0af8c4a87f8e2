import type { Table } from '../contracts/table.ts';
import { DATA_RESIDUAL, NRMSE_PERCENT, REGULARISATION } from '../measures/reconstruction.ts';
import { PSNR, SSIM } from '../measures/synthesis.ts';
import {
  RECONSTRUCTION_COLUMNS,
  reconstructionLines,
  reconstructionMethods,
  reconstructionValue,
} from './reading/reconstruction-methods.ts';

const table: Table = {
  title: 'Errors of images from undersampled k-space',
  order: 1,
  beside: 'reconstruction-errors',
  caption:
    'Root-mean-square error of the magnitude in per cent of the true image, PSNR and SSIM, all over the brain: means over subjects with their 95 % ' +
    'intervals. The weight of a regulariser is the one with the lowest error on validation subjects, inside the grid of those that were tried. The last column is the ' +
    'largest relative distance of an image from the measured data, noise included.',
  build(rows) {
    if (reconstructionMethods(rows).length === 0) return null;
    return {
      columns: [
        ...RECONSTRUCTION_COLUMNS,
        { name: 'nrmse_percent', label: 'NRMSE (%)', decimals: 2 },
        { name: 'psnr', label: 'PSNR (dB)', decimals: 1 },
        { name: 'ssim', label: 'SSIM', decimals: 3 },
        { name: 'regularisation', label: 'Weight', digits: 2 },
        { name: 'data_residual', label: 'Distance from the data', digits: 2 },
      ],
      lines: reconstructionLines(rows, (of, { method, arm }) => {
        const error = of(NRMSE_PERCENT);
        if (error === null) return null;
        const weight = reconstructionValue(rows, method, REGULARISATION, { ...arm });
        return [error, of(PSNR), of(SSIM), weight?.value ?? null, of(DATA_RESIDUAL)?.value ?? null];
      }),
    };
  },
};
export default table;
