/** The orthogonal filter of four vanishing moments and eight taps (Daubechies, Ten Lectures on Wavelets, 1992, table 6.1). */
const LOW = [
  0.2303778133088965, 0.7148465705529157, 0.6308807679298589, -0.027983769416859854, -0.18703481171909309,
  0.030841381835560764, 0.0328830116668852, -0.010597401785069032,
];
/** The mirror filter, (-1)^k low[7 - k]. */
const HIGH = LOW.map((_, k) => (k % 2 === 0 ? 1 : -1) * LOW[LOW.length - 1 - k]);

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
  const order = Array.from({ length: levels }, (_, i) => (direction === 'analyse' ? i : levels - 1 - i));
  const step = direction === 'analyse' ? analyse : synthesise;
  const [before, after] = [
    new Float64Array(Math.max(width, height)),
    new Float64Array(Math.max(width, height)),
  ];
  for (const level of order) {
    const [w, h] = [width >> level, height >> level];
    const along = (count: number, size: number, place: (line: number, i: number) => number) => {
      for (let line = 0; line < count; line++) {
        for (let i = 0; i < size; i++) before[i] = values[place(line, i)];
        step(before, size, after);
        for (let i = 0; i < size; i++) values[place(line, i)] = after[i];
      }
    };
    along(h, w, (y, x) => y * width + x);
    along(w, h, (x, y) => y * width + x);
  }
}

function analyse(x: Float64Array, size: number, out: Float64Array): void {
  const half = size / 2;
  for (let i = 0; i < half; i++) {
    let [low, high] = [0, 0];
    for (let k = 0; k < LOW.length; k++) {
      const value = x[(2 * i + k) % size];
      low += LOW[k] * value;
      high += HIGH[k] * value;
    }
    out[i] = low;
    out[half + i] = high;
  }
}

/** The transpose of `analyse`, which is its inverse. */
function synthesise(x: Float64Array, size: number, out: Float64Array): void {
  const half = size / 2;
  out.fill(0, 0, size);
  for (let i = 0; i < half; i++) {
    for (let k = 0; k < LOW.length; k++) {
      out[(2 * i + k) % size] += LOW[k] * x[i] + HIGH[k] * x[half + i];
    }
  }
}
