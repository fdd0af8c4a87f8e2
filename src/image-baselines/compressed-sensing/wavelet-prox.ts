import type { ComplexImage } from '../../images/k-space/complex-image.ts';
import { QuickRandom } from '../../random/quick-random.ts';
import type { Prox } from './fista.ts';
import { levelsOf, transformWavelets } from './wavelets.ts';

export interface WaveletProxOptions {
  readonly width: number;
  readonly height: number;
  /**
   * Whether images are moved by some pixels, at random, before every transform and back after it, so that no place lies at the edge of a
   * wavelet for long: the cycle spinning of Coifman and Donoho (1995), one shift per step (Figueiredo and Nowak 2003).
   */
  readonly shifts?: boolean;
}

/** Shifts are the same for every image: they are part of the method. */
const SEED = 1995;

/** Soft thresholding of the details of an orthogonal wavelet transform by their complex magnitudes. */
export function waveletProx({ width, height, shifts = true }: WaveletProxOptions): Prox {
  const random = new QuickRandom(SEED);
  const levels = levelsOf(width, height);
  const [real, imaginary] = [new Float64Array(width * height), new Float64Array(width * height)];
  const [left, top] = [width >> levels, height >> levels];
  return (image: ComplexImage, weight: number): void => {
    const [dx, dy] = shifts ? [0, 1].map(() => Math.floor(random.uniform() * 2 ** levels)) : [0, 0];
    for (let y = 0, i = 0; y < height; y++) {
      const from = ((y + dy) % height) * width;
      for (let x = 0; x < width; x++, i++) {
        real[i] = image.real[from + ((x + dx) % width)];
        imaginary[i] = image.imaginary[from + ((x + dx) % width)];
      }
    }
    for (const part of [real, imaginary]) transformWavelets(part, { width, height, levels }, 'analyse');
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        // The coarsest approximation is no detail.
        if (x < left && y < top) continue;
        const size = Math.sqrt(real[i] * real[i] + imaginary[i] * imaginary[i]);
        const by = size > weight ? 1 - weight / size : 0;
        real[i] *= by;
        imaginary[i] *= by;
      }
    }
    for (const part of [real, imaginary]) transformWavelets(part, { width, height, levels }, 'synthesise');
    for (let y = 0, i = 0; y < height; y++) {
      const to = ((y + dy) % height) * width;
      for (let x = 0; x < width; x++, i++) {
        image.real[to + ((x + dx) % width)] = real[i];
        image.imaginary[to + ((x + dx) % width)] = imaginary[i];
      }
    }
  };
}
