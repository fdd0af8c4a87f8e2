import type { Figure } from '../contracts/figure.ts';
import { LOSS } from '../measures/training.ts';
import { runFigure } from './look/run-figure.ts';

const figure: Figure = {
  title: 'Loss and error by depth',
  order: 5,
  caption:
    'Loss, and RMSE over the test voxels at one SNR, against the number of hidden layers; vertical axes are logarithmic. Each point is one ' +
    'training; trainings of a depth differ only in their seed. The line in the box is the median, the box the interquartile range, and the ' +
    'whiskers extend to all trainings. Without a hidden layer the network is linear.',
  draw: (rows, _pictures, manifest) =>
    runFigure(rows, manifest, {
      experiment: 'depth',
      description: figure.title,
      factor: 'depth',
      x: 'hidden layers',
      loss: LOSS,
      lossOf: 'over the voxels trained on',
    }),
};
export default figure;
