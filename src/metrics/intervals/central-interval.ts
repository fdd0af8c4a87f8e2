import type { ErrorSample } from '../../contracts/metric.ts';
import { QUANTILE_LEVELS } from '../../contracts/voxels.ts';
import { oncePer } from '../weighted/once-per.ts';

/** Probability of a central interval. */
export type Nominal = 0.5 | 0.8 | 0.95;

/** Half widths of the central intervals of a standard normal distribution. */
const NORMAL: Readonly<Record<Nominal, number>> = {
  0.5: 0.6744897501960817,
  0.8: 1.2815515655446004,
  0.95: 1.959963984540054,
};

export interface CentralInterval {
  /** NaN where a voxel failed or its fitter reports no uncertainty. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** High less low. */
  readonly width: Float64Array;
}

/**
 * Returns the fitter's central interval for the truth at this probability: between its quantiles if it reports them, otherwise
 * that of a normal distribution with its standard deviation, centred on the estimate.
 */
export const centralInterval = (sample: ErrorSample, nominal: Nominal): CentralInterval =>
  INTERVALS[nominal](sample);

const ofNominal = (nominal: Nominal) =>
  oncePer((sample: ErrorSample): CentralInterval => {
    const { low, high } = edges(sample, nominal);
    return { low, high, width: high.map((to, i) => to - low[i]) };
  });
const INTERVALS: Readonly<Record<Nominal, (sample: ErrorSample) => CentralInterval>> = {
  0.5: ofNominal(0.5),
  0.8: ofNominal(0.8),
  0.95: ofNominal(0.95),
};

function edges(
  { estimate, quantiles, sd }: ErrorSample,
  nominal: Nominal,
): Pick<CentralInterval, 'low' | 'high'> {
  if (quantiles) {
    const levels = QUANTILE_LEVELS.length;
    const lower = (QUANTILE_LEVELS as readonly number[]).indexOf(round((1 - nominal) / 2));
    const at = (column: number) => estimate.map((_, i) => quantiles[i * levels + column]);
    return { low: at(lower), high: at(levels - 1 - lower) };
  }
  const reach = NORMAL[nominal];
  const deviation = sd ?? new Float64Array(estimate.length).fill(NaN);
  return {
    low: estimate.map((value, i) => value - reach * deviation[i]),
    high: estimate.map((value, i) => value + reach * deviation[i]),
  };
}

const round = (level: number): number => Number(level.toFixed(6));
