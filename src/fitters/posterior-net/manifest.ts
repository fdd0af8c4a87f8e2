import { z } from 'zod';
import { linearNetwork, lossCurve, tissue } from '../../nets/manifest-schemas.ts';
import { PARAMETERS, QUANTILE_LEVELS } from '../../contracts/voxels.ts';
import type { OutputLoss } from '../../nets/engine.ts';

/** Number of outputs per parameter: the mean, then the quantiles. */
export const PER_PARAMETER = 1 + QUANTILE_LEVELS.length;
export const OUTPUTS = PARAMETERS.length * PER_PARAMETER;

/** Width over which the kink of a quantile's loss is smoothed, in the prior's standard deviations. */
const SMOOTHING = 0.01;

/** The loss of each output: those of D, then of f and Dp. */
export const OUTPUT_LOSSES: readonly OutputLoss[] = PARAMETERS.flatMap((): OutputLoss[] => [
  { kind: 'mean' },
  ...QUANTILE_LEVELS.map((level): OutputLoss => ({ kind: 'quantile', level, smoothing: SMOOTHING })),
]);

export const OUTPUT_NAMES: readonly string[] = PARAMETERS.flatMap((name) => [
  `mean ${name}`,
  ...QUANTILE_LEVELS.map((level) => `quantile ${level} ${name}`),
]);

/** `manifest.json` of a saved network: its purpose and its training. */
export const manifest = z.object({
  format: z.literal('ivim-bench posterior network'),
  version: z.literal(1),
  fitter: z.literal('posterior-net'),
  /** b-values in s/mm² of the signals. The inputs are the signals divided by their norm, then log(sigma / norm). */
  bValues: z.array(z.number()).min(2).readonly(),
  network: linearNetwork,
  /** Names of the columns of its output, D and Dp in mm²/s. */
  outputs: z.array(z.string()).readonly(),
  /** Prior of the tissue it was trained on. */
  tissue: tissue,
  sigma: z.enum(['known', 'unknown']),
  /** Smallest and largest S0 over noise in training. */
  snr: z.tuple([z.number(), z.number()]).readonly(),
  training: z.object({
    settings: z.record(z.string(), z.union([z.string(), z.number()])),
    seed: z.number(),
    losses: lossCurve,
  }),
  /** Names of engines to their versions. */
  versions: z.record(z.string(), z.string()),
  sha256: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof manifest>;
