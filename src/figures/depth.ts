import type { Figure } from '../contracts/figure.ts';
import { LOSS } from '../measures/training.ts';
import { runFigure } from './look/run-figure.ts';

const figure: Figure = {
  title: 'Depth of the network',
  order: 5,
  caption:
    'Every point is one training; runs of a depth differ in nothing but their seed. The line in the box is their median, the ' +
    'box holds the middle half, the whiskers all of them. Axes are logarithmic. Without a hidden layer the network is linear.',
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
