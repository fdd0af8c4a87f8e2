import type { Figure } from '../contracts/figure.ts';
import { SD } from '../measures/errors.ts';
import { tissueMaps } from './look/tissue-maps.ts';

const figure: Figure = {
  title: 'Spread by true f and Dp',
  order: 1.37,
  caption:
    'Standard deviation of the estimates of one tissue in percent of the truth, at each true f and Dp and one D. It shrinks with the number of ' +
    'voxels that are averaged, the bias does not. Colours end at 100 %.',
  draw: (rows) =>
    tissueMaps(
      rows,
      {
        measure: SD,
        title: 'SD (% of the truth)',
        shown: (row, truth) => (100 * row.value) / truth,
        domain: [0, 50, 100],
        range: ['#f4f4f2', '#92c5de', '#08306b'],
      },
      figure.title,
    ),
};
export default figure;
