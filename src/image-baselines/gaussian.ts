/** Weights beyond so many standard deviations are left out. */
const REACH = 3;

/**
 * Slices blurred by a Gaussian. Beyond an edge there is nothing, and the weights that remain are brought to a sum of 1.
 * @param values slice after slice, x running fastest
 * @param sigma pixels, above 0
 */
export function gaussianFilter(
  values: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
  sigma: number,
): Float32Array {
  const reach = Math.max(1, Math.ceil(REACH * sigma));
  const weights = Float64Array.from({ length: reach + 1 }, (_, i) => Math.exp(-0.5 * (i / sigma) ** 2));
  const along = (from: Float32Array, size: number, step: number, startOf: (line: number) => number) => {
    const out = new Float32Array(from.length);
    for (let line = 0; line < from.length / size; line++) {
      const start = startOf(line);
      for (let i = 0; i < size; i++) {
        let [sum, total] = [0, 0];
        for (let k = Math.max(0, i - reach); k <= Math.min(size - 1, i + reach); k++) {
          const weight = weights[Math.abs(k - i)];
          sum += weight * from[start + step * k];
          total += weight;
        }
        out[start + step * i] = sum / total;
      }
    }
    return out;
  };
  const rows = along(values, width, 1, (line) => line * width);
  return along(rows, height, width, (line) => Math.floor(line / width) * width * height + (line % width));
}
