import type { Mt19937 } from '../random/mt19937.ts';
import type { QuickRandom } from '../random/quick-random.ts';

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

/**
 * The same for many signals at once, in single precision and with a quick generator.
 * @param signals noise-free magnitudes, overwritten
 */
export function addNoiseToSeries(signals: Float32Array, sigma: number, random: QuickRandom): void {
  const drawn = new Float64Array(2 * signals.length);
  random.fillGaussian(drawn);
  for (let i = 0; i < signals.length; i++)
    signals[i] = Math.hypot(signals[i] + sigma * drawn[2 * i], sigma * drawn[2 * i + 1]);
}
