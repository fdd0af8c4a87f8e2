/** Half widths of the patches that are compared, and of the area they are sought in, pixels. */
const PATCH = 1;
const SEARCH = 5;

/**
 * Non-local means (Buades, Coll and Morel, Multiscale Model Simul 2005;4:490): every pixel becomes a weighted mean of those within
 * 11 x 11 pixels, with weights exp(-max(0, d² - 2 sigma²) / h²), where d² is the mean squared difference of patches of 3 x 3 pixels. What noise
 * alone adds to d² is taken off, as in the authors' implementation (Image Processing On Line 2011;1:208).
 *
 * @param values slice after slice, x running fastest
 * @param strength h in units of sigma, above 0
 * @param sigma standard deviation of the noise
 */
export function nonLocalMeans(
  values: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
  { strength, sigma }: { readonly strength: number; readonly sigma: number },
): Float32Array {
  const out = new Float32Array(values.length);
  const pixels = width * height;
  const h2 = (strength * sigma) ** 2;
  const squares = new Float64Array(pixels);
  const [sums, totals] = [new Float64Array(pixels), new Float64Array(pixels)];
  const clampX = (x: number) => Math.min(Math.max(x, 0), width - 1);
  const clampY = (y: number) => Math.min(Math.max(y, 0), height - 1);
  const patches = (2 * PATCH + 1) ** 2;
  for (let from = 0; from < values.length; from += pixels) {
    sums.fill(0);
    totals.fill(0);
    for (let dy = -SEARCH; dy <= SEARCH; dy++) {
      for (let dx = -SEARCH; dx <= SEARCH; dx++) {
        for (let y = 0, i = 0; y < height; y++) {
          for (let x = 0; x < width; x++, i++) {
            const other = from + clampY(y + dy) * width + clampX(x + dx);
            squares[i] = (values[from + i] - values[other]) ** 2;
          }
        }
        for (let y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
          for (let x = Math.max(0, -dx); x < Math.min(width, width - dx); x++) {
            let distance = 0;
            for (let v = -PATCH; v <= PATCH; v++) {
              const row = clampY(y + v) * width;
              for (let u = -PATCH; u <= PATCH; u++) distance += squares[row + clampX(x + u)];
            }
            const weight = Math.exp(-Math.max(0, distance / patches - 2 * sigma * sigma) / h2);
            const i = y * width + x;
            sums[i] += weight * values[from + i + dy * width + dx];
            totals[i] += weight;
          }
        }
      }
    }
    for (let i = 0; i < pixels; i++) out[from + i] = sums[i] / totals[i];
  }
  return out;
}
