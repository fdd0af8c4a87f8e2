import { PARAMETERS } from '../../contracts/voxels.ts';
import { coveragesOf } from '../../tables/reading/coverage.ts';
import { byName } from '../../tables/reading/series.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

/** A coverage this near to what is promised is as good as that. */
const NEAR = 0.01;

/** How often the 95 % intervals of every fitter hold the truth, at best and at worst. */
const intervalCoverage: FindingOf = ({ rows }) => {
  const all = coveragesOf(rows).filter(({ nominal }) => nominal === 0.95);
  const fitters = [...new Set(all.map(({ row }) => row.method))].sort(byName);
  return {
    reported:
      'The study compares estimates and says nothing of how sure they are. A 95 % interval should hold the truth in 95 % of voxels.',
    source: 'the voxels’ own truth',
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
      return `${fitter}: ${ranges.join(', ')}${good ? ': as promised at every SNR' : ''}.`;
    }),
    otherwise: 'No fitter of this run says how sure it is.',
  };
};
export default { order: 7, experiments: ['phantom'], find: intervalCoverage } satisfies FindingSource;
