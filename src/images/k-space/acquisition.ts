import { emptyImage, type ComplexImage } from './complex-image.ts';
import { fromKSpace, toKSpace } from './fourier.ts';

/** How one image becomes the measured k-space of every coil. */
export interface Acquisition {
  /** Coil after coil, of the size of the image. */
  readonly sensitivities: ComplexImage;
  /** 1 for every row of k-space that is measured, along y. */
  readonly lines: ArrayLike<number>;
}

/** E x = M F S x: the image times each sensitivity, its k-space, the measured rows; 0 elsewhere (Pruessmann et al. 1999). */
export function acquire(image: ComplexImage, { sensitivities, lines }: Acquisition): ComplexImage {
  const { width, height } = image;
  const pixels = width * height;
  const seen = emptyImage(width, height, sensitivities.real.length / pixels);
  for (let i = 0; i < seen.real.length; i++) {
    const [x, y] = [image.real[i % pixels], image.imaginary[i % pixels]];
    const [a, b] = [sensitivities.real[i], sensitivities.imaginary[i]];
    seen.real[i] = a * x - b * y;
    seen.imaginary[i] = a * y + b * x;
  }
  return masked(toKSpace(seen), lines);
}

/** The adjoint, E* y = sum over coils of conj(S) F* M y: the zero-filled image. */
export function adjoint(kSpace: ComplexImage, { sensitivities, lines }: Acquisition): ComplexImage {
  const { width, height } = kSpace;
  const pixels = width * height;
  const images = fromKSpace(masked(kSpace, lines));
  const sum = emptyImage(width, height);
  for (let i = 0; i < images.real.length; i++) {
    const [x, y] = [images.real[i], images.imaginary[i]];
    const [a, b] = [sensitivities.real[i], sensitivities.imaginary[i]];
    sum.real[i % pixels] += a * x + b * y;
    sum.imaginary[i % pixels] += a * y - b * x;
  }
  return sum;
}

function masked(kSpace: ComplexImage, lines: ArrayLike<number>): ComplexImage {
  const { width, height } = kSpace;
  const keep = (value: number, i: number) => (lines[Math.floor(i / width) % height] ? value : 0);
  return { ...kSpace, real: kSpace.real.map(keep), imaginary: kSpace.imaginary.map(keep) };
}
