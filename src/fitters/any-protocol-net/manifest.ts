import { z } from 'zod';
import { linearNetwork, lossCurve, tissue } from '../../nets/manifest-schemas.ts';
import type { TissuePrior } from '../../contracts/fitter.ts';
import { QUANTILE_LEVELS } from '../../contracts/voxels.ts';
import type { OutputLoss } from '../../nets/engine.ts';

/** Number of outputs per parameter: the mean, then the quantiles. */
export const PER_PARAMETER = 1 + QUANTILE_LEVELS.length;

/** The outputs of D, then those of f, then those of Dp. */
export const OUTPUTS = 3 * PER_PARAMETER;

/**
 * Width over which the kink of the quantile loss is smoothed, in standard deviations of the mode. The quantile is then that of
 * a slightly blurred posterior, by far less than its width.
 */
const SMOOTHING = 0.05;

/** The loss of each output. */
export const OUTPUT_LOSSES: readonly OutputLoss[] = Array.from({ length: 3 }, (): OutputLoss[] => [
  { kind: 'mean' },
  ...QUANTILE_LEVELS.map((level): OutputLoss => ({ kind: 'quantile', level, smoothing: SMOOTHING })),
]).flat();

/**
 * Tissue distributions for which a trained network is shipped with the program.
 * - `body`: wide enough for the organs of the body and the brain, including cerebrospinal fluid (D 0.003) and blood (f 1). Dp ends
 * where blood flows too fast for any usual b-value, and starts above D. Common tissue is likelier: a flat prior over the same ranges
 * doubles the error of Dp, and the bias of means over regions (docs/any-protocol.md).
 * - `study`: the simulations of Barbieri 2020.
 */
export const TISSUES = {
  body: {
    D: { uniform: [0.0001, 0.003] },
    f: { normal: { mean: 0, sd: 0.4 } },
    Dp: { logNormal: { median: 0.02, sd: 1, within: [0.005, 0.5] } },
  },
  study: {
    D: { uniform: [0.0005, 0.002] },
    f: { uniform: [0.1, 0.4] },
    Dp: { uniform: [0.01, 0.1] },
  },
} as const satisfies Readonly<Record<string, TissuePrior>>;

const pair = z.tuple([z.number(), z.number()]).readonly();

/** `manifest.json` of a saved network: a description of it and of its training. */
export const manifest = z.object({
  format: z.literal('ivim-bench network for any protocol'),
  version: z.literal(1),
  fitter: z.literal('any-protocol-net'),
  /** Prior of the tissue. */
  tissue: tissue,
  network: linearNetwork,
  /** Levels of the quantiles after the mean of each of D, f and Dp. */
  quantiles: z.array(z.number()).readonly(),
  /** S0 over noise, and b-values in s/mm², that it was trained for. */
  range: z.object({
    snr: pair,
    largestB: pair,
    smallestB: z.number(),
    bValues: pair,
    /** Range of the lowest b-value, if no protocol had b=0. */
    lowestB: pair.optional(),
  }),
  training: z.object({
    settings: z.record(z.string(), z.union([z.string(), z.number()])),
    seed: z.number(),
    voxels: z.number(),
    /** The mean loss of every hundredth of the training. */
    losses: lossCurve,
  }),
  /** Names of engines or programs to their versions. */
  versions: z.record(z.string(), z.string()),
  sha256: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof manifest>;
