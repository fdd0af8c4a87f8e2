import type { Figure } from '../contracts/figure.ts';
import { LOSS_ALL } from '../measures/training.ts';
import { runFigure } from './look/run-figure.ts';

const figure: Figure = {
  title: 'Size of the training set',
  order: 5.1,
  caption:
    'Each point is one training; runs of a size differ only in their seed, and the smaller sets are nested in the larger ' +
    'ones. The loss is over all voxels of the largest set, the same for every network. The line in the box is the median, the box ' +
    'the interquartile range, and the whiskers extend to all runs. Axes are logarithmic.',
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
