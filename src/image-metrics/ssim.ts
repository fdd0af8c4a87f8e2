import { COUNTS_FROM, type ComparedPixels } from './pixels.ts';

/** Constants of Wang et al. 2004: a Gaussian window of SD 1.5 that ends after 5 pixels, and stabilising terms. */
const SIGMA = 1.5;
const REACH = 5;
const K1 = 0.01;
const K2 = 0.03;

export interface SsimOptions {
  /** Of one slice; images hold slice after slice. */
  readonly width: number;
  readonly height: number;
  /** Of the values an image can have. */
  readonly range: number;
}

/**
 * Structural similarity of two images (Wang et al., IEEE Trans Image Process 2004;13:600, equation 13), slice by slice with their Gaussian
 * window and population covariances, as the mean of its map over the pixels that count; NaN without any. At the edges images are
 * continued by their mirror image.
 */
export function ssim(
  { image, reference, within }: ComparedPixels,
  { width, height, range }: SsimOptions,
): number {
  const pixels = width * height;
  const [c1, c2] = [(K1 * range) ** 2, (K2 * range) ** 2];
  let [n, sum] = [0, 0];
  const windowed = (of: (i: number) => number) =>
    blurred(
      Float64Array.from({ length: pixels }, (_, i) => of(i)),
      width,
      height,
    );
  for (let from = 0; from < image.length; from += pixels) {
    const x = (i: number) => image[from + i];
    const y = (i: number) => reference[from + i];
    const [meanX, meanY] = [windowed(x), windowed(y)];
    const [xx, yy, xy] = [
      windowed((i) => x(i) ** 2),
      windowed((i) => y(i) ** 2),
      windowed((i) => x(i) * y(i)),
    ];
    for (let i = 0; i < pixels; i++) {
      if (!(within[from + i] > COUNTS_FROM)) continue;
      const [mx, my] = [meanX[i], meanY[i]];
      const [vx, vy, covariance] = [xx[i] - mx * mx, yy[i] - my * my, xy[i] - mx * my];
      n++;
      sum += ((2 * mx * my + c1) * (2 * covariance + c2)) / ((mx * mx + my * my + c1) * (vx + vy + c2));
    }
  }
  return n === 0 ? NaN : sum / n;
}

const WINDOW = ((): Float64Array => {
  const weights = Float64Array.from({ length: 2 * REACH + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - REACH) / SIGMA) ** 2),
  );
  const total = weights.reduce((sum, each) => sum + each, 0);
  return weights.map((each) => each / total);
})();

/** Convolved with the window along x, then along y. */
function blurred(values: Float64Array, width: number, height: number): Float64Array {
  const along = (from: Float64Array, size: number, step: number, lines: number, lineStep: number) => {
    const out = new Float64Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let k = -REACH; k <= REACH; k++) {
          sum += WINDOW[k + REACH] * from[line * lineStep + step * mirrored(i + k, size)];
        }
        out[line * lineStep + step * i] = sum;
      }
    }
    return out;
  };
  return along(along(values, width, 1, height, width), height, width, width, 1);
}

/** … 1 0 | 0 1 2 …: the place of an index beyond an edge. */
function mirrored(index: number, size: number): number {
  const period = 2 * size;
  const within = ((index % period) + period) % period;
  return within < size ? within : period - 1 - within;
}
