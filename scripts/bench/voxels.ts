import { simulatePhantom } from '../../src/data/phantom.ts';
import type { LabelledSignals } from '../../src/contracts/voxels.ts';

export const STUDY_B_VALUES = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);

/** Seeded voxels of the study's tissue with noise from SNR 10 to infinity, the mix its networks are trained on. */
export function benchmarkVoxels(n: number, bValues: Float64Array = STUDY_B_VALUES): LabelledSignals {
  return simulatePhantom({
    bValues,
    voxels: n,
    S0: 1500,
    tissue: { Dp: { uniform: [0.01, 0.1] }, D: { uniform: [0.0005, 0.002] }, f: { uniform: [0.1, 0.4] } },
    sigma: { uniform: [0, 150] },
    seeds: { parameters: 1, noise: 2 },
  });
}
