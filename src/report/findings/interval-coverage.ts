import { PARAMETERS } from '../../contracts/voxels.ts';
import { coveragesOf } from '../../tables/reading/coverage.ts';
import { byName } from '../../tables/reading/series.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { wordList } from '../phrases/lists-in-words.ts';

/** Coverages this close to 95 % count as nominal. */
const NEAR = 0.01;

/** The coverage of the 95 % intervals of every fitter, over the SNRs. */
const intervalCoverage: FindingOf = ({ rows }) => {
  const all = coveragesOf(rows).filter(({ nominal }) => nominal === 0.95);
  const fitters = [...new Set(all.map(({ row }) => row.method))].sort(byName);
  return {
    reported:
      'A 95 % interval should contain the true value in 95 % of the voxels. The study reports estimates without intervals.',
    source: 'the true values of the simulated voxels',
    found: fitters.map((fitter) => {
      const own = all.filter(({ row }) => row.method === fitter);
      const ranges = PARAMETERS.flatMap((parameter) => {
        const values = own.filter(({ row }) => row.parameter === parameter).map(({ row }) => row.value);
        if (values.length === 0) return [];
        const [low, high] = [Math.min(...values), Math.max(...values)].map((value) =>
          (100 * value).toFixed(1),
        );
        return [`${low === high ? low : `${low} to ${high}`} % for ${parameter}`];
      });
      const good = own.every(({ row }) => Math.abs(row.value - 0.95) <= NEAR + 1e-9);
      return `${fitter}: intervals contain the truth in ${wordList(ranges)}${good ? ', which is nominal at every SNR' : ''}.`;
    }),
    otherwise: 'No fitter of this run gives intervals or standard deviations.',
  };
};
export default {
  order: 7,
  against: 'reference',
  experiments: ['phantom'],
  general: true,
  find: intervalCoverage,
} satisfies FindingSource;
