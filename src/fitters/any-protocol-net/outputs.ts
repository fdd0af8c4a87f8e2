import { QUANTILE_LEVELS } from '../../contracts/voxels.ts';
import type { OutputLoss } from '../../nets/engine.ts';

/** Numbers per parameter: the mean, then the quantiles. */
export const PER_PARAMETER = 1 + QUANTILE_LEVELS.length;

/** D's numbers, then those of f, then those of Dp. */
export const OUTPUTS = 3 * PER_PARAMETER;

/**
 * Width over which the kink of the quantiles' loss is rounded, in standard deviations of the mode. The quantile then is
 * that of a slightly blurred posterior, by far less than its width.
 */
const SMOOTHING = 0.05;

/** What the outputs are to become. */
export const OUTPUT_LOSSES: readonly OutputLoss[] = Array.from({ length: 3 }, (): OutputLoss[] => [
  { kind: 'mean' },
  ...QUANTILE_LEVELS.map((level): OutputLoss => ({ kind: 'quantile', level, smoothing: SMOOTHING })),
]).flat();
