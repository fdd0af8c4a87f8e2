/** The orthogonal filter of four vanishing moments and eight taps (Daubechies, Ten Lectures on Wavelets, 1992, table 6.1). */
const LOW = Float64Array.of(
  0.2303778133088965,
  0.7148465705529157,
  0.6308807679298589,
  -0.027983769416859854,
  -0.18703481171909309,
  0.030841381835560764,
  0.0328830116668852,
  -0.010597401785069032,
);
/** The mirror filter, (-1)^k low[7 - k]. */
const HIGH = LOW.map((_, k) => (k % 2 === 0 ? 1 : -1) * LOW[LOW.length - 1 - k]);

const TAPS = LOW.length;

/** A coarsest image of fewer pixels along an axis than this would be shorter than a filter. */
const COARSEST = 8;

export interface WaveletOptions {
  readonly width: number;
  readonly height: number;
  readonly levels: number;
}

/** How often both axes can be halved. */
export function levelsOf(width: number, height: number): number {
  let levels = 0;
  for (let [w, h] = [width, height]; w % 2 === 0 && h % 2 === 0 && Math.min(w, h) >= 2 * COARSEST;) {
    [w, h] = [w / 2, h / 2];
    levels++;
  }
  return levels;
}

/**
 * The orthogonal wavelet transform of an image that goes on at its other edges, or its inverse, in place: at every level the
 * approximation takes the first half of both axes, and the details the rest.
 */
export function transformWavelets(
  values: Float64Array,
  { width, height, levels }: WaveletOptions,
  direction: 'analyse' | 'synthesise',
): void {
  const isForward = direction === 'analyse';
  const size = Math.max(width, height);
  const [before, after] = [new Float64Array(size + TAPS), new Float64Array(size + TAPS)];
  const along = (lines: number, length: number, lineStep: number, step: number): void => {
    for (let line = 0; line < lines; line++) {
      const start = line * lineStep;
      for (let i = 0; i < length; i++) before[i] = values[start + i * step];
      if (isForward) analyse(before, length, after);
      else synthesise(before, length, after);
      for (let i = 0; i < length; i++) values[start + i * step] = after[i];
    }
  };
  for (let i = 0; i < levels; i++) {
    const level = isForward ? i : levels - 1 - i;
    const [w, h] = [width >> level, height >> level];
    along(h, w, width, 1);
    along(w, h, 1, width);
  }
}

/** The filters, tap by tap: constants of the inner loops. */
const [L0, L1, L2, L3, L4, L5, L6, L7] = LOW;
const [H0, H1, H2, H3, H4, H5, H6, H7] = HIGH;

/** @param x with room for what goes on beyond its end */
function analyse(x: Float64Array, size: number, out: Float64Array): void {
  const half = size >> 1;
  for (let k = 0; k < TAPS - 2; k++) x[size + k] = x[k];
  for (let i = 0, at = 0; i < half; i++, at += 2) {
    const [a, b, c, d] = [x[at], x[at + 1], x[at + 2], x[at + 3]];
    const [e, f, g, h] = [x[at + 4], x[at + 5], x[at + 6], x[at + 7]];
    out[i] = L0 * a + L1 * b + L2 * c + L3 * d + L4 * e + L5 * f + L6 * g + L7 * h;
    out[half + i] = H0 * a + H1 * b + H2 * c + H3 * d + H4 * e + H5 * f + H6 * g + H7 * h;
  }
}

/** The transpose of `analyse`, which is its inverse. @param out with as much room */
function synthesise(x: Float64Array, size: number, out: Float64Array): void {
  const half = size >> 1;
  out.fill(0, 0, size + TAPS);
  for (let i = 0, at = 0; i < half; i++, at += 2) {
    const low = x[i];
    const high = x[half + i];
    out[at] += L0 * low + H0 * high;
    out[at + 1] += L1 * low + H1 * high;
    out[at + 2] += L2 * low + H2 * high;
    out[at + 3] += L3 * low + H3 * high;
    out[at + 4] += L4 * low + H4 * high;
    out[at + 5] += L5 * low + H5 * high;
    out[at + 6] += L6 * low + H6 * high;
    out[at + 7] += L7 * low + H7 * high;
  }
  for (let k = 0; k < TAPS - 2; k++) out[k] += out[size + k];
}
