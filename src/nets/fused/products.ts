/*
 * The matrix products of a dense layer over arrays laid out [unit][column], a column being a voxel. Each works
 * on a tile of 4 units x 2 columns kept in registers, so that six loads serve eight multiply-adds. Every element
 * sums its terms in the same order wherever it stands in the batch: a voxel's result depends on that voxel alone.
 */

/**
 * c[m][n] = start[m] + sum over k of a[k][m] b[k][n].
 *
 * With a the transposed weights and `start` the biases this is a layer forward; with a the weights themselves and
 * no start it takes gradients back through it. `rows` is a multiple of 4, `columns` is rounded up to even.
 */
export function product(
  c: Float64Array,
  rows: number,
  start: Float64Array,
  startAt: number,
  a: Float64Array,
  aAt: number,
  aStride: number,
  depth: number,
  b: Float64Array,
  stride: number,
  columns: number,
): void {
  for (let m = 0; m < rows; m += 4) {
    const s0 = start[startAt + m];
    const s1 = start[startAt + m + 1];
    const s2 = start[startAt + m + 2];
    const s3 = start[startAt + m + 3];
    for (let n = 0; n < columns; n += 2) {
      let c00 = s0;
      let c01 = s0;
      let c10 = s1;
      let c11 = s1;
      let c20 = s2;
      let c21 = s2;
      let c30 = s3;
      let c31 = s3;
      let p = aAt + m;
      let q = n;
      for (let k = 0; k < depth; k++) {
        const b0 = b[q];
        const b1 = b[q + 1];
        const a0 = a[p];
        const a1 = a[p + 1];
        const a2 = a[p + 2];
        const a3 = a[p + 3];
        c00 += a0 * b0;
        c01 += a0 * b1;
        c10 += a1 * b0;
        c11 += a1 * b1;
        c20 += a2 * b0;
        c21 += a2 * b1;
        c30 += a3 * b0;
        c31 += a3 * b1;
        p += aStride;
        q += stride;
      }
      const at = m * stride + n;
      c[at] = c00;
      c[at + 1] = c01;
      c[at + stride] = c10;
      c[at + stride + 1] = c11;
      c[at + 2 * stride] = c20;
      c[at + 2 * stride + 1] = c21;
      c[at + 3 * stride] = c30;
      c[at + 3 * stride + 1] = c31;
    }
  }
}

/**
 * g[m][i] += sum over columns n of d[m][n] a[i][n]: the gradient of a layer's weights from the gradient `d` of
 * its sums and its inputs `a`. `rows` and `width` are multiples of 4.
 */
export function addWeightGradient(
  g: Float64Array,
  gAt: number,
  rows: number,
  width: number,
  d: Float64Array,
  a: Float64Array,
  stride: number,
  columns: number,
): void {
  for (let m = 0; m < rows; m += 4) {
    for (let i = 0; i < width; i += 2) {
      let g00 = 0;
      let g01 = 0;
      let g10 = 0;
      let g11 = 0;
      let g20 = 0;
      let g21 = 0;
      let g30 = 0;
      let g31 = 0;
      const d0 = m * stride;
      const d1 = d0 + stride;
      const d2 = d1 + stride;
      const d3 = d2 + stride;
      const a0 = i * stride;
      const a1 = a0 + stride;
      for (let n = 0; n < columns; n++) {
        const x0 = a[a0 + n];
        const x1 = a[a1 + n];
        const y0 = d[d0 + n];
        const y1 = d[d1 + n];
        const y2 = d[d2 + n];
        const y3 = d[d3 + n];
        g00 += y0 * x0;
        g01 += y0 * x1;
        g10 += y1 * x0;
        g11 += y1 * x1;
        g20 += y2 * x0;
        g21 += y2 * x1;
        g30 += y3 * x0;
        g31 += y3 * x1;
      }
      const at = gAt + m * width + i;
      g[at] += g00;
      g[at + 1] += g01;
      g[at + width] += g10;
      g[at + width + 1] += g11;
      g[at + 2 * width] += g20;
      g[at + 2 * width + 1] += g21;
      g[at + 3 * width] += g30;
      g[at + 3 * width + 1] += g31;
    }
  }
}

/** g[m] += sum over columns n of d[m][n]: the gradient of a layer's biases. */
export function addBiasGradient(
  g: Float64Array,
  gAt: number,
  rows: number,
  d: Float64Array,
  stride: number,
  columns: number,
): void {
  for (let m = 0; m < rows; m++) {
    let sum = 0;
    const row = m * stride;
    for (let n = 0; n < columns; n++) sum += d[row + n];
    g[gAt + m] += sum;
  }
}
