import type { TestNoise } from '../config/sections/phantom-data.ts';

/** The factor by which rows name the noise of test voxels: the SNR of a level, the ends of sigma of a range. */
export type NoiseFactors = { readonly snr: number } | { readonly sigma: string };

export const noiseFactors = (noise: TestNoise): NoiseFactors =>
  'snr' in noise ? { snr: noise.snr } : { sigma: noise.sigma.uniform.join(' to ') };

/** `snr-20` or `sigma-0-165`: the noise of test voxels in names of files and folders. */
export const noiseName = (noise: TestNoise): string =>
  'snr' in noise ? `snr-${noise.snr}` : `sigma-${noise.sigma.uniform.join('-')}`;
