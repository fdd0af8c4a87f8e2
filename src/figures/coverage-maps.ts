import type { Figure } from '../contracts/figure.ts';
import { COVERAGE95 } from '../measures/intervals.ts';
import { tissueMaps } from './look/tissue-maps.ts';

const figure: Figure = {
  title: 'Coverage by true f and Dp',
  order: 1.38,
  caption:
    'Percentage of voxels whose 95 % interval holds the truth, at each true f and Dp and one D. Coverage that is nominal on average over ' +
    'a prior need not be so at every tissue: a posterior is right about most of its tissues at the cost of the rare ones. White is 95 %.',
  draw: (rows) =>
    tissueMaps(
      rows,
      {
        measure: COVERAGE95,
        title: 'coverage of 95 % intervals (%)',
        shown: (row) => 100 * row.value,
        domain: [50, 95, 100],
        range: ['#b2182b', '#f4f4f2', '#2166ac'],
      },
      figure.title,
    ),
};
export default figure;
