import type { QuickRandom } from '../../random/quick-random.ts';
import type { Acquisition } from './acquisition.ts';
import { ColumnTransform } from './column-transform.ts';
import { emptyImage, type ComplexImage } from './complex-image.ts';
import { Encoding } from './encoding.ts';

/** What is measured of one slice, and what a reconstruction may know of it. */
export interface Measured {
  /** With the phase of the centre lines in the sensitivities, so that the image it encodes is almost real. */
  readonly encoding: Encoding;
  /** Those sensitivities, coil after coil. */
  readonly sensitivities: ComplexImage;
  /** 1 for a measured line, frequency 0 in the middle. */
  readonly lines: Uint8Array;
  /** The measured k-space of every coil as its inverse transform. */
  readonly data: ComplexImage;
  /** E* y: what is left with zeros in place of the lines that were not measured. */
  readonly zeroFilled: ComplexImage;
}

export interface MeasureOptions extends Acquisition {
  readonly lines: Uint8Array;
  /** Lines about the middle, all of them measured, whose image gives the phase. */
  readonly center: number;
  /** SD of the noise of a coil in the real and in the imaginary part of every point of k-space. */
  readonly sigma: number;
}

/**
 * Measures a slice: y = E x + noise. Noise that is white in k-space is white in the image of a coil, as the transform is unitary, and is
 * drawn there. A smooth phase of the image, which a network of real numbers handles badly and no prior of magnitudes expects, is
 * estimated from the lines in the middle and becomes part of the sensitivities, as in homodyne detection (Noll, Nishimura and Macovski
 * 1991).
 */
export function measure(image: ComplexImage, options: MeasureOptions, random: QuickRandom): Measured {
  const { width, height } = image;
  const { sensitivities, lines, sigma } = options;
  const pixels = width * height;
  const acquiring = new Encoding({ sensitivities, lines });
  const data = emptyImage(width, height, acquiring.coils);
  const seen = emptyImage(width, height);
  const noise = new Float64Array(2 * pixels);
  for (let coil = 0; coil < acquiring.coils; coil++) {
    acquiring.see(image, coil, seen);
    random.fillGaussian(noise);
    for (let i = 0; i < pixels; i++) {
      seen.real[i] += sigma * noise[i];
      seen.imaginary[i] += sigma * noise[pixels + i];
    }
    acquiring.project(seen);
    data.real.set(seen.real, coil * pixels);
    data.imaginary.set(seen.imaginary, coil * pixels);
  }
  const turned = turnedBy(centerPhase(data, acquiring, options.center), sensitivities);
  const encoding = new Encoding({ sensitivities: turned, lines });
  const zeroFilled = emptyImage(width, height);
  for (let coil = 0; coil < encoding.coils; coil++) {
    encoding.combine(
      {
        ...{ width, height },
        real: data.real.subarray(coil * pixels, (coil + 1) * pixels),
        imaginary: data.imaginary.subarray(coil * pixels, (coil + 1) * pixels),
      },
      coil,
      zeroFilled,
    );
  }
  return { encoding, sensitivities: turned, lines, data, zeroFilled };
}

/** exp(i phase) of the image of the lines in the middle, under a Hann window along y and as smooth along x. */
function centerPhase(data: ComplexImage, encoding: Encoding, center: number): ComplexImage {
  const { width, height } = data;
  const pixels = width * height;
  const transform = new ColumnTransform(width, height);
  const low = emptyImage(width, height);
  for (let coil = 0; coil < encoding.coils; coil++) {
    const [real, imaginary] = [data.real, data.imaginary].map((part) =>
      part.slice(coil * pixels, (coil + 1) * pixels),
    );
    transform.apply(real, imaginary, -1);
    for (let row = 0; row < height; row++) {
      const distance = Math.min(row, height - row) / (center / 2 + 1);
      const weight = distance < 1 ? Math.cos((Math.PI / 2) * distance) ** 2 : 0;
      for (let i = row * width; i < (row + 1) * width; i++) {
        real[i] *= weight;
        imaginary[i] *= weight;
      }
    }
    transform.apply(real, imaginary, 1);
    encoding.combine({ width, height, real, imaginary }, coil, low);
  }
  const reach = Math.max(1, Math.round(width / center / 2));
  const [real, imaginary] = [low.real, low.imaginary].map((part) => triangleAlongX(part, width, reach));
  for (let i = 0; i < pixels; i++) {
    const size = Math.hypot(real[i], imaginary[i]);
    real[i] = size > 0 ? real[i] / size : 1;
    imaginary[i] = size > 0 ? imaginary[i] / size : 0;
  }
  return { width, height, real, imaginary };
}

/** Means with weights that fall linearly to 0 beyond `reach` pixels. */
function triangleAlongX(values: Float64Array, width: number, reach: number): Float64Array {
  return values.map((_, i) => {
    const x = i % width;
    let sum = 0;
    for (let k = Math.max(-reach, -x); k <= Math.min(reach, width - 1 - x); k++) {
      sum += (reach + 1 - Math.abs(k)) * values[i + k];
    }
    return sum;
  });
}

/** Sensitivities times exp(i phase). */
function turnedBy(phase: ComplexImage, { width, height, real, imaginary }: ComplexImage): ComplexImage {
  const out = emptyImage(width, height, real.length / (width * height));
  for (let i = 0; i < real.length; i++) {
    const [c, s] = [phase.real[i % phase.real.length], phase.imaginary[i % phase.real.length]];
    out.real[i] = c * real[i] - s * imaginary[i];
    out.imaginary[i] = c * imaginary[i] + s * real[i];
  }
  return out;
}
