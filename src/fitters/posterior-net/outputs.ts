import { PARAMETERS, QUANTILE_LEVELS } from '../../contracts/voxels.ts';
import type { OutputLoss } from '../../nets/engine.ts';

/** Outputs per parameter: the mean, then the quantiles. */
export const PER_PARAMETER = 1 + QUANTILE_LEVELS.length;
export const OUTPUTS = PARAMETERS.length * PER_PARAMETER;

/** The bend of a quantile's loss is rounded over so much of the prior's standard deviation. */
const SMOOTHING = 0.01;

/** What each output is to become, D's first, then those of f and Dp. */
export const OUTPUT_LOSSES: readonly OutputLoss[] = PARAMETERS.flatMap((): OutputLoss[] => [
  { kind: 'mean' },
  ...QUANTILE_LEVELS.map((level): OutputLoss => ({ kind: 'quantile', level, smoothing: SMOOTHING })),
]);

export const OUTPUT_NAMES: readonly string[] = PARAMETERS.flatMap((name) => [
  `mean ${name}`,
  ...QUANTILE_LEVELS.map((level) => `quantile ${level} ${name}`),
]);
