import type { Line, Table } from '../contracts/table.ts';
import { LESION_CONTRAST, PSNR, RMSE_OF_FLOOR, RMSE_PERCENT, SSIM } from '../measures/synthesis.ts';
import { imageMethods, imageValue, imageSets } from './reading/image-methods.ts';

const table: Table = {
  title: 'Images against six repetitions and against the truth',
  order: 1,
  beside: 'image-errors',
  caption:
    'Root-mean-square error in per cent of the reference, over the brain: against the mean of six repetitions, as a multiple of the floor that the ' +
    'noise of the six sets, and against the truth; PSNR and SSIM against the truth; and the share of their contrast that lesions keep which the ' +
    'weighted images show (seen) or don’t. Means over subjects with their 95 % intervals, where there are several trainings of the mean over the trainings of each subject.',
  build(rows) {
    const methods = imageMethods(rows);
    if (methods.length === 0) return null;
    return {
      columns: [
        { name: 'set', label: 'Subjects' },
        { name: 'method', label: 'Image' },
        { name: 'condition', label: 'Condition' },
        { name: 'rmse_six', label: 'RMSE against six (%)', decimals: 1 },
        { name: 'rmse_of_floor', label: 'Over its floor', decimals: 2 },
        { name: 'rmse_truth', label: 'RMSE against the truth (%)', decimals: 1 },
        { name: 'psnr_truth', label: 'PSNR (dB)', decimals: 1 },
        { name: 'ssim_truth', label: 'SSIM', decimals: 3 },
        { name: 'lesion_seen', label: 'Lesions kept, seen', decimals: 2 },
        { name: 'lesion_unseen', label: 'Lesions kept, unseen', decimals: 2 },
      ],
      lines: imageSets(rows).flatMap(([set, label]) =>
        methods.map((of): Line => ({
          values: [
            label,
            of.method,
            of.condition === '' ? (of.trainings > 0 ? 'as configured' : '') : of.condition,
            imageValue(of, RMSE_PERCENT, { set, reference: 'six' }),
            imageValue(of, RMSE_OF_FLOOR, { set }),
            imageValue(of, RMSE_PERCENT, { set, reference: 'truth' }),
            imageValue(of, PSNR, { set, reference: 'truth' }),
            imageValue(of, SSIM, { set, reference: 'truth' }),
            imageValue(of, LESION_CONTRAST, { set, lesion: 'seen' }),
            imageValue(of, LESION_CONTRAST, { set, lesion: 'unseen' }),
          ],
        })),
      ),
    };
  },
};
export default table;
