/** Steps of the iteration, and the length of each, which converges up to 1/4 (Chambolle 2004, theorem 3.1, and his remark). */
const STEPS = 100;
const STEP = 0.24;

/**
 * The image u that minimises |u - f|² / 2 + weight TV(u) slice by slice, with the isotropic total variation of forward differences, by
 * Chambolle's projection (J Math Imaging Vis 2004;20:89, equation 9).
 *
 * @param values slice after slice, x running fastest
 * @param weight in the unit of the values, above 0
 */
export function totalVariation(
  values: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
  weight: number,
): Float32Array {
  const out = new Float32Array(values.length);
  const pixels = width * height;
  const [px, py] = [new Float64Array(pixels), new Float64Array(pixels)];
  const u = new Float64Array(pixels);
  for (let from = 0; from < values.length; from += pixels) {
    px.fill(0);
    py.fill(0);
    for (let step = 0; step <= STEPS; step++) {
      // div p, the negative adjoint of forward differences, and from it -u / weight.
      for (let y = 0, i = 0; y < height; y++) {
        for (let x = 0; x < width; x++, i++) {
          const divergence =
            (x < width - 1 ? px[i] : 0) -
            (x > 0 ? px[i - 1] : 0) +
            (y < height - 1 ? py[i] : 0) -
            (y > 0 ? py[i - width] : 0);
          u[i] = divergence - values[from + i] / weight;
        }
      }
      if (step === STEPS) break;
      for (let y = 0, i = 0; y < height; y++) {
        for (let x = 0; x < width; x++, i++) {
          const gx = x < width - 1 ? u[i + 1] - u[i] : 0;
          const gy = y < height - 1 ? u[i + width] - u[i] : 0;
          const scale = 1 + STEP * Math.sqrt(gx * gx + gy * gy);
          px[i] = (px[i] + STEP * gx) / scale;
          py[i] = (py[i] + STEP * gy) / scale;
        }
      }
    }
    for (let i = 0; i < pixels; i++) out[from + i] = -weight * u[i];
  }
  return out;
}
