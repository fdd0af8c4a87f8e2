import { simulatePhantom } from '../../src/data/phantom.ts';
import type { LabelledSignals } from '../../src/contracts/voxels.ts';

export const STUDY_B_VALUES = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);

const POOL = 100_000;

/**
 * Seeded voxels of the study's tissue with noise from SNR 10 to infinity, the mix its networks are trained on. Fewer than
 * 100,000 are the first of these, so that a slow peer fits a subset of our voxels.
 */
export function benchmarkVoxels(n: number, bValues: Float64Array = STUDY_B_VALUES): LabelledSignals {
  const { signals, truth } = simulatePhantom({
    bValues,
    voxels: Math.max(n, POOL),
    S0: 1500,
    tissue: { Dp: { uniform: [0.01, 0.1] }, D: { uniform: [0.0005, 0.002] }, f: { uniform: [0.1, 0.4] } },
    sigma: { uniform: [0, 150] },
    seeds: { parameters: 1, noise: 2 },
  });
  return {
    signals: {
      bValues,
      n,
      values: signals.values.subarray(0, n * bValues.length),
      scale: signals.scale.subarray(0, n),
      sigma: signals.sigma!.subarray(0, n),
    },
    truth: { n, D: truth.D.subarray(0, n), f: truth.f.subarray(0, n), Dp: truth.Dp.subarray(0, n) },
  };
}
