import type { Figure } from '../contracts/figure.ts';
import { BIAS } from '../measures/errors.ts';
import { tissueMaps } from './look/tissue-maps.ts';

const figure: Figure = {
  title: 'Bias by true f and Dp',
  order: 1.36,
  caption:
    'Mean of estimate minus truth in percent of the truth, at each true f and Dp and one D. It is what is left when the estimates of many voxels ' +
    'of such tissue are averaged: blue where estimates are too low, red where they are too high. Colours end at ± 50 %.',
  draw: (rows) =>
    tissueMaps(
      rows,
      {
        measure: BIAS,
        title: 'bias (% of the truth)',
        shown: (row, truth) => (100 * row.value) / truth,
        domain: [-50, 0, 50],
        range: ['#2166ac', '#f4f4f2', '#b2182b'],
      },
      figure.title,
    ),
};
export default figure;
