import { coilSensitivities } from '../images/k-space/coils.ts';
import { emptyImage, type ComplexImage } from '../images/k-space/complex-image.ts';
import { variableDensityLines } from '../images/k-space/masks.ts';
import { measure, type Measured } from '../images/k-space/measure.ts';
import { QuickRandom } from '../random/quick-random.ts';
import { deriveSeed } from '../random/seed.ts';
import { sliceOf, type PackedHeads } from './packed-heads.ts';

/** How the slices of a set are measured. */
export interface Sampling {
  readonly coils: number;
  readonly acceleration: number;
  readonly center: number;
  /** SD of the noise, relative to the median of the brain. */
  readonly sigma: number;
  /** What is measured. */
  readonly contrast: 'T2w' | 'T1w';
}

/** A magnitude and a phase as one complex image. */
export function complexOf(
  magnitude: ArrayLike<number>,
  phase: ArrayLike<number>,
  width: number,
  height: number,
): ComplexImage {
  const image = emptyImage(width, height);
  for (let i = 0; i < magnitude.length; i++) {
    image.real[i] = magnitude[i] * Math.cos(phase[i]);
    image.imaginary[i] = magnitude[i] * Math.sin(phase[i]);
  }
  return image;
}

/** Measures slices of a set. */
export class Scanner {
  readonly #heads: PackedHeads;
  readonly #sampling: Sampling;
  readonly #sensitivities: ComplexImage;
  readonly #seed: number;

  constructor(heads: PackedHeads, sampling: Sampling, seed: number) {
    const [, height, width] = heads.shape;
    this.#heads = heads;
    this.#sampling = sampling;
    this.#sensitivities = coilSensitivities(sampling.coils, width, height);
    this.#seed = seed;
  }

  /** Lines and noise depend on the subject, the slice and the acceleration alone: they are the same with and without lesions. */
  measure(entry: number, slice: number): Measured {
    const { shape, subjects, images } = this.#heads;
    const [, height, width] = shape;
    const { acceleration, center, sigma, contrast } = this.#sampling;
    const of = (image: Float32Array) => sliceOf(this.#heads, image, entry, slice);
    const seed = (what: string) => deriveSeed(this.#seed, what, subjects[entry], slice, acceleration);
    return measure(
      complexOf(of(images[contrast]), of(images.phase), width, height),
      {
        sensitivities: this.#sensitivities,
        lines: variableDensityLines({ lines: height, acceleration, center, seed: seed('lines') }),
        ...{ center, sigma },
      },
      new QuickRandom(seed('noise')),
    );
  }
}
