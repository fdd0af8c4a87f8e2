import type { FitTask, TissuePrior } from '../../src/contracts/fitter.ts';
import type { LabelledSignals, Parameters } from '../../src/contracts/voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';

/** The simulation of Kaandorp 2021, but for its Gaussian noise. */
export const bValues = Float64Array.of(0, 5, 10, 20, 30, 40, 60, 150, 300, 500, 700);

const tissue: TissuePrior = {
  D: { uniform: [0.0005, 0.003] },
  f: { uniform: [0.05, 0.55] },
  Dp: { uniform: [0.01, 0.1] },
};

/** Voxels of this SNR, which is their S0. */
export function simulated(voxels: number, snr: number, seed: number): LabelledSignals {
  return simulatePhantom({
    bValues,
    voxels,
    S0: snr,
    tissue,
    sigma: { constant: 1 },
    seeds: { parameters: seed, noise: seed + 1 },
  });
}

export const learnFrom = (voxels: LabelledSignals): FitTask => ({
  bValues,
  seed: 3,
  tissue,
  training: async () => voxels,
});

export function rmse(found: Parameters, truth: Parameters, name: 'D' | 'f' | 'Dp'): number {
  return Math.sqrt(found[name].reduce((sum, x, i) => sum + (x - truth[name][i]) ** 2, 0) / found.n);
}
