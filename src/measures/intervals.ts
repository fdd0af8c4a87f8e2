import { QUANTILE_LEVELS } from '../contracts/voxels.ts';
import { NO_UNIT, type Measure } from './measure.ts';
import { quantityUnit } from './quantities.ts';

/** How well a fitter's own uncertainty describes its errors. */

/** Share of the voxels whose interval holds the truth. */
export interface Coverage extends Measure {
  /** Probability the interval claims: the coverage of a calibrated fitter. */
  readonly nominal: 0.5 | 0.8 | 0.95;
}

const coverage = (name: string, nominal: Coverage['nominal']): Coverage => {
  const percent = 100 * nominal;
  return {
    name,
    nominal,
    label: `coverage of ${percent} % intervals`,
    definition: `share of the voxels with an interval whose central ${percent} % interval holds the truth: between the fitter's quantiles, or of a normal distribution with its standard deviation`,
    unit: NO_UNIT,
    // Nearer to the nominal probability is better.
    better: null,
  };
};

export const COVERAGE50 = coverage('coverage50', 0.5);
export const COVERAGE80 = coverage('coverage80', 0.8);
export const COVERAGE95 = coverage('coverage95', 0.95);
export const COVERAGES: readonly Coverage[] = [COVERAGE50, COVERAGE80, COVERAGE95];

export const NO_INTERVAL_FRACTION: Measure = {
  name: 'no_interval_fraction',
  label: 'voxels without an interval',
  definition:
    'share of the voxels with an estimate that have neither quantiles nor a standard deviation, such as least-squares estimates at a bound: coverage leaves them out',
  unit: NO_UNIT,
  better: 'lower',
};

export const INTERVAL_WIDTH95: Measure = {
  name: 'interval_width95',
  label: 'median width of 95 % intervals',
  definition:
    'median width of the central 95 % intervals: sharpness, to be read together with their coverage',
  unit: quantityUnit,
  better: 'lower',
};

export const CRPS: Measure = {
  name: 'crps',
  label: 'continuous ranked probability score',
  definition:
    'mean over the voxels with an interval of the integral of (F(t) - [t >= truth])², F being the distribution that the fitter reports: normal with its standard deviation, or between its quantiles normal piece by piece (Gneiting and Raftery, J Am Stat Assoc 2007;102:359-378)',
  unit: quantityUnit,
  better: 'lower',
};

export const INTERVAL_SCORE95: Measure = {
  name: 'interval_score95',
  label: 'interval score at 95 %',
  definition:
    'mean over the voxels with an interval of the width of the central 95 % interval plus 40 times the distance of the truth from it (Winkler 1972; Gneiting and Raftery 2007, eq. 43)',
  unit: quantityUnit,
  better: 'lower',
};

/** Share of the voxels whose truth has a rank, among the fitter's quantiles, in one bin. */
export interface RankShare extends Measure {
  /** Probabilities between which the truth lies in the fitter's distribution. */
  readonly from: number;
  readonly to: number;
}

/** The bins are between the levels at which fitters report quantiles. */
const RANK_LEVELS = [0, ...QUANTILE_LEVELS, 1];
export const RANK_SHARES: readonly RankShare[] = RANK_LEVELS.slice(1).map((to, bin) => {
  const from = RANK_LEVELS[bin];
  return {
    name: `rank_share${bin + 1}`,
    from,
    to,
    label: `truth between the ${100 * from} and ${100 * to} % quantiles`,
    definition: `share of the voxels with an interval whose truth lies between the ${100 * from} and ${100 * to} % quantiles of the fitter's distribution, ${Number((to - from).toFixed(3))} if it is a posterior under the prior that the voxels are drawn from (Talts et al., arXiv:1804.06788)`,
    unit: NO_UNIT,
    // Nearer to the nominal share is better.
    better: null,
  };
});
