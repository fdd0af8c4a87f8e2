import type { ErrorSample } from '../../contracts/metric.ts';
import { QUANTILE_LEVELS } from '../../contracts/voxels.ts';

/** How much of the probability lies within a central interval. */
export type Nominal = 0.5 | 0.8 | 0.95;

/** Standard deviations from the mean of a normal distribution to the ends of its central intervals. */
const NORMAL: Readonly<Record<Nominal, number>> = {
  0.5: 0.6744897501960817,
  0.8: 1.2815515655446004,
  0.95: 1.959963984540054,
};

export interface CentralInterval {
  /** NaN where a voxel failed or its fitter does not say. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * The interval in which the fitter expects the truth with this probability, as much outside on either side: between its
 * quantiles where it gives them, else as a normal distribution of its standard deviation about the estimate has it.
 */
export function centralInterval(sample: ErrorSample, nominal: Nominal): CentralInterval {
  const { estimate, quantiles, sd } = sample;
  if (quantiles) {
    const width = QUANTILE_LEVELS.length;
    const lower = (QUANTILE_LEVELS as readonly number[]).indexOf(round((1 - nominal) / 2));
    const at = (column: number) => estimate.map((_, i) => quantiles[i * width + column]);
    return { low: at(lower), high: at(width - 1 - lower) };
  }
  const reach = NORMAL[nominal];
  const deviation = sd ?? new Float64Array(estimate.length).fill(NaN);
  return {
    low: estimate.map((value, i) => value - reach * deviation[i]),
    high: estimate.map((value, i) => value + reach * deviation[i]),
  };
}

const round = (level: number): number => Number(level.toFixed(6));
