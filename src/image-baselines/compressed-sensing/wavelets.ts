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
  const [before, after] = [new Float64Array(size), new Float64Array(size)];
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

function analyse(x: Float64Array, size: number, out: Float64Array): void {
  const half = size >> 1;
  for (let i = 0; i < half; i++) {
    let low = 0;
    let high = 0;
    for (let k = 0, at = 2 * i; k < TAPS; k++, at++) {
      if (at >= size) at -= size;
      const value = x[at];
      low += LOW[k] * value;
      high += HIGH[k] * value;
    }
    out[i] = low;
    out[half + i] = high;
  }
}

/** The transpose of `analyse`, which is its inverse. */
function synthesise(x: Float64Array, size: number, out: Float64Array): void {
  const half = size >> 1;
  out.fill(0, 0, size);
  for (let i = 0; i < half; i++) {
    const low = x[i];
    const high = x[half + i];
    for (let k = 0, at = 2 * i; k < TAPS; k++, at++) {
      if (at >= size) at -= size;
      out[at] += LOW[k] * low + HIGH[k] * high;
    }
  }
}
