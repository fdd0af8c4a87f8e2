import { emptyImage, type ComplexImage } from '../../images/k-space/complex-image.ts';

/** What is minimised: |E x - y|² / 2 + weight R(x), by E* E and E* y. The largest eigenvalue of E* E is at most 1. */
export interface Undersampled {
  readonly zeroFilled: ComplexImage;
  readonly encoding: {
    normal(x: ComplexImage, out: ComplexImage): void;
  };
}

/** Replaces an image u by the x that minimises |x - u|² / 2 + weight R(x), or comes nearer to it with every call. */
export type Prox = (image: ComplexImage, weight: number) => void;

/**
 * The fast iterative shrinkage-thresholding algorithm (Beck and Teboulle, SIAM J Imaging Sci 2009;2:183), from the zero-filled image, with
 * steps of length 1.
 */
export function fista(
  { zeroFilled, encoding }: Undersampled,
  prox: Prox,
  { weight, steps }: { readonly weight: number; readonly steps: number },
): ComplexImage {
  const { width, height } = zeroFilled;
  let x = copyOf(zeroFilled);
  const ahead = copyOf(zeroFilled);
  const gradient = emptyImage(width, height);
  let momentum = 1;
  for (let step = 0; step < steps; step++) {
    encoding.normal(ahead, gradient);
    const next = emptyImage(width, height);
    for (let i = 0; i < next.real.length; i++) {
      next.real[i] = ahead.real[i] - gradient.real[i] + zeroFilled.real[i];
      next.imaginary[i] = ahead.imaginary[i] - gradient.imaginary[i] + zeroFilled.imaginary[i];
    }
    prox(next, weight);
    const after = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const share = (momentum - 1) / after;
    for (let i = 0; i < next.real.length; i++) {
      ahead.real[i] = next.real[i] + share * (next.real[i] - x.real[i]);
      ahead.imaginary[i] = next.imaginary[i] + share * (next.imaginary[i] - x.imaginary[i]);
    }
    momentum = after;
    x = next;
  }
  return x;
}

const copyOf = ({ width, height, real, imaginary }: ComplexImage): ComplexImage => ({
  ...{ width, height },
  real: real.slice(),
  imaginary: imaginary.slice(),
});
