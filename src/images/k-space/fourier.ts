import { emptyImage, type ComplexImage } from './complex-image.ts';

/**
 * The unitary discrete Fourier transform of every slice, along x and y, with frequency 0 and the origin of space in the middle, at place
 * floor(n / 2): X[k] = n^(-1/2) sum over j of x[j] exp(-2 pi i (j - c)(k - c) / n). By matrix products, whose number suits images of up to
 * some hundred pixels, and whose form has a gradient in TensorFlow.js, where FFT has none.
 */
export const toKSpace = (image: ComplexImage): ComplexImage => transformed(image, -1);

/** Its inverse, which is its adjoint. */
export const fromKSpace = (kSpace: ComplexImage): ComplexImage => transformed(kSpace, 1);

function transformed(image: ComplexImage, sign: 1 | -1): ComplexImage {
  const { width, height } = image;
  const rows = along(image, sign, { size: width, step: 1, lineStart: (line) => line * width });
  const lineStart = (line: number) => Math.floor(line / width) * width * height + (line % width);
  return along(rows, sign, { size: height, step: width, lineStart });
}

interface Lines {
  readonly size: number;
  readonly step: number;
  readonly lineStart: (line: number) => number;
}

function along(image: ComplexImage, sign: 1 | -1, { size, step, lineStart }: Lines): ComplexImage {
  const out = emptyImage(image.width, image.height, image.real.length / (image.width * image.height));
  const { cosine, sine } = fourierFactors(size);
  for (let line = 0; line < image.real.length / size; line++) {
    const start = lineStart(line);
    for (let k = 0; k < size; k++) {
      let [re, im] = [0, 0];
      for (let j = 0; j < size; j++) {
        const [c, s] = [cosine[k * size + j], sign * sine[k * size + j]];
        const [x, y] = [image.real[start + step * j], image.imaginary[start + step * j]];
        re += c * x - s * y;
        im += c * y + s * x;
      }
      out.real[start + step * k] = re;
      out.imaginary[start + step * k] = im;
    }
  }
  return out;
}

/** cos and sin of 2 pi (j - c)(k - c) / n, divided by the square root of n: n x n, row k. */
export function fourierFactors(size: number): { readonly cosine: Float64Array; readonly sine: Float64Array } {
  const [cosine, sine] = [new Float64Array(size * size), new Float64Array(size * size)];
  const [middle, scale] = [Math.floor(size / 2), 1 / Math.sqrt(size)];
  for (let k = 0; k < size; k++) {
    for (let j = 0; j < size; j++) {
      // The remainder keeps the angle small, and with it exact.
      const angle = (2 * Math.PI * (((k - middle) * (j - middle)) % size)) / size;
      cosine[k * size + j] = scale * Math.cos(angle);
      sine[k * size + j] = scale * Math.sin(angle);
    }
  }
  return { cosine, sine };
}
