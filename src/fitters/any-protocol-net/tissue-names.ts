import type { TissuePrior } from '../../contracts/fitter.ts';

/**
 * Distributions of tissue for which a trained network comes with the program.
 * - `body`: wide enough for the organs of the body and the brain, cerebrospinal fluid (D 0.003) included. Dp ends where
 *   blood flows too quickly for any usual b-value, and begins above D.
 * - `study`: what Barbieri 2020 simulates.
 */
export const TISSUES = {
  body: {
    D: { uniform: [0.0001, 0.003] },
    f: { uniform: [0, 0.6] },
    Dp: { logUniform: [0.005, 0.2] },
  },
  study: {
    D: { uniform: [0.0005, 0.002] },
    f: { uniform: [0.1, 0.4] },
    Dp: { uniform: [0.01, 0.1] },
  },
} as const satisfies Readonly<Record<string, TissuePrior>>;
export type TissueName = keyof typeof TISSUES;
