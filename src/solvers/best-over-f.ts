import type { RateGrid } from './rate-grid.ts';

/** Two decays count as one where the determinant of their inner products is this small beside the product of norms. */
export const sameDecay = 1e-13;

/**
 * For every pair of rates of the grid, the largest (x.s)² / |s|² that s = f u + (1 - f) v reaches over least <= f
 * <= most: the squared length of x's projection on the plane of the two decays where that lies at an allowed f,
 * otherwise the larger of the values at both ends. Written to `best`, Dp-major.
 */
export function bestOverF(grid: RateGrid, least: number, most: number, best: Float64Array): void {
  const { xu, xv, uu, vv, uv, sizeDp, sizeD } = grid;
  for (let i = 0; i < sizeDp; i++) {
    const p = xu[i];
    const normU = uu[i];
    for (let j = 0; j < sizeD; j++) {
      const q = xv[j];
      const normV = vv[j];
      const cross = uv[i * sizeD + j];
      // x's projection is (alpha u + beta v) / determinant, so f = alpha / (alpha + beta).
      const determinant = normU * normV - cross * cross;
      const alpha = normV * p - cross * q;
      const beta = normU * q - cross * p;
      const sum = alpha + beta;
      if (
        determinant > sameDecay * normU * normV &&
        (alpha - least * sum) * sum >= 0 &&
        (most * sum - alpha) * sum >= 0
      ) {
        best[i * sizeD + j] = (p * alpha + q * beta) / determinant;
        continue;
      }
      const slope = p - q;
      const bend = 2 * (cross - normV);
      const spread = normU - 2 * cross + normV;
      const low = q + least * slope;
      const high = q + most * slope;
      const atLow = (low * low) / (normV + least * (bend + least * spread));
      const atHigh = (high * high) / (normV + most * (bend + most * spread));
      best[i * sizeD + j] = atLow > atHigh ? atLow : atHigh;
    }
  }
}
