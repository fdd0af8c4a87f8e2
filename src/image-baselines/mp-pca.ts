import { symmetricEigen } from '../solvers/symmetric-eigen.ts';

/** A series of volumes of the same voxels. */
export interface SeriesShape {
  /** Voxels along x, y and z. */
  readonly shape: readonly [number, number, number];
  readonly volumes: number;
}

/**
 * Takes noise out of a series of volumes by principal components (Veraart et al., NeuroImage 2016;142:394), without being told how much noise there
 * is. In every window of neighbouring voxels, the eigenvalues of the covariance of the volumes that noise alone explains follow the law of
 * Marchenko and Pastur: the p smallest of them are noise as long as the largest of these is at most 4 sqrt(p / n) sigma² above the smallest, n being the
 * voxels and sigma² their mean (equation 12). Components below sigma² (1 + sqrt(m / n))², for m volumes, are left out. A voxel is in many windows, and
 * becomes the mean of what they make of it, with weights of 1 / (1 + components that are kept) (Manjón et al., PLoS One 2013;8:e73021,
 * equation 3). Volumes are centred within each window. Threshold, weights and the clipping at 0 are those of dipy's `mppca`.
 *
 * @param series volume after volume, x running fastest
 * @param radius windows have 2 radius + 1 voxels along each axis, but along axes of one voxel
 * @throws RangeError where an axis is shorter than a window
 */
export function mpPca(
  series: Float32Array,
  { shape, volumes: m }: SeriesShape,
  radius: number,
): Float32Array {
  const reach = shape.map((size) => (size === 1 ? 0 : radius));
  const sizes = reach.map((r) => 2 * r + 1);
  const short = shape.findIndex((size, axis) => size < sizes[axis]);
  if (short >= 0) {
    throw new RangeError(`windows of ${sizes.join(' x ')} voxels do not fit into ${shape.join(' x ')}`);
  }
  const [nx, ny, nz] = shape;
  const voxels = nx * ny * nz;
  const n = sizes[0] * sizes[1] * sizes[2];
  const window = offsets(sizes, nx, ny);
  const edge = (1 + Math.sqrt(m / n)) ** 2;
  const x = new Float64Array(n * m);
  const mean = new Float64Array(m);
  const covariance = new Float64Array(m * m);
  const projected = new Float64Array(m);
  const [sum, weights] = [new Float64Array(voxels * m), new Float64Array(voxels)];
  for (let k = 0; k < nz - 2 * reach[2]; k++) {
    for (let j = 0; j < ny - 2 * reach[1]; j++) {
      for (let i = 0; i < nx - 2 * reach[0]; i++) {
        const corner = i + nx * (j + ny * k);
        centred(series, voxels, corner, window, x, mean);
        covarianceOf(x, n, m, covariance);
        const { values, vectors } = symmetricEigen(covariance, m);
        const threshold = edge * noiseVariance(values, n);
        let kept = 0;
        while (kept < m && values[kept] >= threshold) kept++;
        const weight = 1 / (1 + kept);
        for (let v = 0; v < n; v++) {
          projected.fill(0);
          for (let c = 0; c < kept; c++) {
            let along = 0;
            for (let a = 0; a < m; a++) along += x[v * m + a] * vectors[c * m + a];
            for (let a = 0; a < m; a++) projected[a] += along * vectors[c * m + a];
          }
          const at = corner + window[v];
          weights[at] += weight;
          for (let a = 0; a < m; a++) sum[at * m + a] += weight * (projected[a] + mean[a]);
        }
      }
    }
  }
  const out = new Float32Array(series.length);
  for (let at = 0; at < voxels; at++)
    for (let a = 0; a < m; a++) out[a * voxels + at] = Math.max(0, sum[at * m + a] / weights[at]);
  return out;
}

/** Places of a window's voxels relative to its first one. */
function offsets([a, b, c]: readonly number[], nx: number, ny: number): Int32Array {
  const found: number[] = [];
  for (let k = 0; k < c; k++)
    for (let j = 0; j < b; j++) for (let i = 0; i < a; i++) found.push(i + nx * (j + ny * k));
  return Int32Array.from(found);
}

/** Writes a window's voxels as rows, less the mean of each volume. */
function centred(
  series: Float32Array,
  voxels: number,
  corner: number,
  window: Int32Array,
  x: Float64Array,
  mean: Float64Array,
): void {
  const [n, m] = [window.length, mean.length];
  for (let a = 0; a < m; a++) {
    let total = 0;
    for (let v = 0; v < n; v++) total += x[v * m + a] = series[a * voxels + corner + window[v]];
    mean[a] = total / n;
    for (let v = 0; v < n; v++) x[v * m + a] -= mean[a];
  }
}

function covarianceOf(x: Float64Array, n: number, m: number, out: Float64Array): void {
  for (let a = 0; a < m; a++) {
    for (let b = 0; b <= a; b++) {
      let total = 0;
      for (let v = 0; v < n; v++) total += x[v * m + a] * x[v * m + b];
      out[a * m + b] = out[b * m + a] = total / n;
    }
  }
}

/**
 * The variance of the noise: the mean of the p smallest eigenvalues, for the largest p whose spread noise explains. At most n - 1 of the eigenvalues
 * of centred voxels are not 0, and the others say nothing.
 * @param values descending
 */
function noiseVariance(values: Float64Array, n: number): number {
  const ascending = values.slice(0, n - 1).reverse();
  let total = ascending.reduce((sum, value) => sum + value, 0);
  for (let p = ascending.length; p > 1; p--) {
    const variance = total / p;
    if (ascending[p - 1] - ascending[0] <= 4 * Math.sqrt(p / n) * variance) return variance;
    total -= ascending[p - 1];
  }
  return ascending[0];
}
