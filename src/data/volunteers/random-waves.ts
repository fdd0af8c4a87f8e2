import type { Mt19937 } from '../../random/mt19937.ts';

/** A smooth random function of three coordinates with mean 0 and variance 1. */
export interface RandomWaves {
  /** Per wave: the three components of its wave vector, and its phase. */
  readonly waves: Float64Array;
}

const WAVES = 24;

/**
 * Draws a function: a sum of cosines whose wave vectors are normal with standard deviation `1 / length` along each axis, so
 * that its covariance at distance r is exp(-r²/(2 length²)) (random Fourier features, Rahimi and Recht 2007).
 */
export function drawWaves(random: Mt19937, length: number): RandomWaves {
  const waves = new Float64Array(4 * WAVES);
  for (let i = 0; i < waves.length; i += 4) {
    for (let axis = 0; axis < 3; axis++) waves[i + axis] = random.gaussian() / length;
    waves[i + 3] = 2 * Math.PI * random.uniform();
  }
  return { waves };
}

export function waveHeight({ waves }: RandomWaves, x: number, y: number, z: number): number {
  let sum = 0;
  for (let i = 0; i < waves.length; i += 4) {
    sum += Math.cos(waves[i] * x + waves[i + 1] * y + waves[i + 2] * z + waves[i + 3]);
  }
  return Math.sqrt(2 / WAVES) * sum;
}
