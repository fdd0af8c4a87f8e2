import type { Figure } from '../contracts/figure.ts';
import { LOSS_ALL } from '../measures/training.ts';
import { runFigure } from './look/run-figure.ts';

const figure: Figure = {
  title: 'Loss and error by size of the training set',
  order: 5.1,
  caption:
    'Loss over all voxels of the largest set, and RMSE over the test voxels at one SNR, against the number of training voxels; vertical ' +
    'axes are logarithmic. Each point is one training on a part of the largest set; trainings of a size differ in their seed and, with `subsets: ' +
    'random`, in that part. The line in the box is the median, the box the interquartile range, and the whiskers extend to all trainings.',
  draw: (rows, _pictures, manifest) =>
    runFigure(rows, manifest, {
      experiment: 'training-size',
      description: figure.title,
      factor: 'training_voxels',
      x: 'training voxels',
      xLabel: "format(datum.value, ',')",
      loss: LOSS_ALL,
      lossOf: 'over all voxels of the largest set',
    }),
};
export default figure;
