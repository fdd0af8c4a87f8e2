import { simulatePhantom } from '../../src/data/phantom.ts';
import { STUDY_B } from '../solvers/study-voxels.ts';
import type { TissuePrior } from '../../src/contracts/fitter.ts';

export const STUDY_SIGMAS = [15, 30, 45, 60, 75, 90, 105, 120, 135, 150] as const;

export const STUDY_TISSUE: TissuePrior = {
  Dp: { uniform: [0.01, 0.1] },
  D: { uniform: [0.0005, 0.002] },
  f: { uniform: [0.1, 0.4] },
};

/** The study's test set of 10,000 voxels at a noise level. */
export function studyPhantom(sigma: number, voxels = 10_000) {
  return simulatePhantom({
    bValues: STUDY_B,
    voxels,
    S0: 1500,
    tissue: STUDY_TISSUE,
    sigma: { constant: sigma },
    seeds: { parameters: 133, noise: 466 },
  });
}

/** Root mean squared error. */
export function rmse(estimate: Float64Array, truth: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++) sum += (estimate[i] - truth[i]) ** 2;
  return Math.sqrt(sum / truth.length);
}
