import type { Mt19937 } from '../random/mt19937.ts';

/**
 * Adds Rician noise to noise-free magnitudes: independent Gaussian noise of standard deviation `sigma` in the real and
 * imaginary channels (Gudbjartsson and Patz 1995). All real draws of a voxel precede its imaginary draws, as in the study.
 *
 * @param signal noise-free signal of one voxel, overwritten
 */
export function addRicianNoise(signal: Float64Array, sigma: number, random: Mt19937): void {
  const n = signal.length;
  for (let i = 0; i < n; i++) signal[i] = signal[i] + sigma * random.gaussian();
  for (let i = 0; i < n; i++) signal[i] = Math.hypot(signal[i], sigma * random.gaussian());
}
