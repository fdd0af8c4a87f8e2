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
