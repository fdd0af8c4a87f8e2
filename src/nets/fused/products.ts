/*
 * The matrix products of a dense layer over arrays laid out [unit][column], a column being a voxel. Each takes a tile of
 * one operand into locals and runs along the other: what JavaScript pays for is reading arrays (a check of the
 * bounds and of their kind each time), not arithmetic, and a local that does not fit a register is read from the
 * stack without checks. Sums are split in two, because a processor waits for every addition of a chain. Indices end
 * in `| 0`, which spares a check for overflow. Every element sums its terms in the same order wherever it stands in
 * the batch: a voxel's result depends on that voxel alone.
 */

/** Depth of a tile of `product`: the width of the study's layers. */
const DEPTH = 7;

/** Columns of a tile of `addGradients`. */
const COLUMNS = 8;

/** So many columns, rounded up to what `addGradients` takes. */
export function wholeTiles(columns: number): number {
  return Math.ceil(columns / COLUMNS) * COLUMNS;
}

/**
 * c[m][n] = start[m] + sum over k of a(m, k) b[k][n], where a(m, k) stands at aAt + m mStep + k kStep.
 *
 * With a the weights and `start` the biases this is a layer forward; with the weights taken the other way round and no
 * start it takes gradients back through it. `rows` is a multiple of 4.
 */
export function product(
  c: Float64Array,
  rows: number,
  start: Float64Array,
  startAt: number,
  a: Float64Array,
  aAt: number,
  mStep: number,
  kStep: number,
  depth: number,
  b: Float64Array,
  stride: number,
  columns: number,
): void {
  for (let m = 0; m < rows; m += 4) {
    const at = m * stride;
    for (let k = 0; k < depth; k += DEPTH) {
      const tile = aAt + m * mStep + k * kStep;
      const from = k === 0 ? startAt + m : -1;
      addTile(c, at, start, from, a, tile, mStep, kStep, depth - k, b, k * stride, stride, columns);
    }
  }
}

/**
 * 4 rows of c, whether they begin at `start` or, where startAt is -1, at what they are, plus the sum over the first
 * `depth` of up to 7 k. The weights of those missing are 0.
 */
function addTile(
  c: Float64Array,
  c0: number,
  start: Float64Array,
  startAt: number,
  a: Float64Array,
  aAt: number,
  mStep: number,
  kStep: number,
  depth: number,
  b: Float64Array,
  b0: number,
  stride: number,
  columns: number,
): void {
  const adds = startAt < 0;
  const s0 = adds ? 0 : start[startAt];
  const s1 = adds ? 0 : start[startAt + 1];
  const s2 = adds ? 0 : start[startAt + 2];
  const s3 = adds ? 0 : start[startAt + 3];
  const m1 = aAt + mStep;
  const m2 = m1 + mStep;
  const m3 = m2 + mStep;
  let p = 0;
  const a00 = a[aAt + p];
  const a01 = a[m1 + p];
  const a02 = a[m2 + p];
  const a03 = a[m3 + p];
  const has1 = depth > 1 ? 1 : 0;
  p += has1 * kStep;
  const a10 = has1 * a[aAt + p];
  const a11 = has1 * a[m1 + p];
  const a12 = has1 * a[m2 + p];
  const a13 = has1 * a[m3 + p];
  const has2 = depth > 2 ? 1 : 0;
  p += has2 * kStep;
  const a20 = has2 * a[aAt + p];
  const a21 = has2 * a[m1 + p];
  const a22 = has2 * a[m2 + p];
  const a23 = has2 * a[m3 + p];
  const has3 = depth > 3 ? 1 : 0;
  p += has3 * kStep;
  const a30 = has3 * a[aAt + p];
  const a31 = has3 * a[m1 + p];
  const a32 = has3 * a[m2 + p];
  const a33 = has3 * a[m3 + p];
  const has4 = depth > 4 ? 1 : 0;
  p += has4 * kStep;
  const a40 = has4 * a[aAt + p];
  const a41 = has4 * a[m1 + p];
  const a42 = has4 * a[m2 + p];
  const a43 = has4 * a[m3 + p];
  const has5 = depth > 5 ? 1 : 0;
  p += has5 * kStep;
  const a50 = has5 * a[aAt + p];
  const a51 = has5 * a[m1 + p];
  const a52 = has5 * a[m2 + p];
  const a53 = has5 * a[m3 + p];
  const has6 = depth > 6 ? 1 : 0;
  p += has6 * kStep;
  const a60 = has6 * a[aAt + p];
  const a61 = has6 * a[m1 + p];
  const a62 = has6 * a[m2 + p];
  const a63 = has6 * a[m3 + p];
  const b1 = b0 + has1 * stride;
  const b2 = b1 + has2 * stride;
  const b3 = b2 + has3 * stride;
  const b4 = b3 + has4 * stride;
  const b5 = b4 + has5 * stride;
  const b6 = b5 + has6 * stride;
  const c1 = c0 + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  for (let n = 0; n < columns; n++) {
    let t0 = s0;
    let t1 = s1;
    let t2 = s2;
    let t3 = s3;
    if (adds) {
      t0 = c[(c0 + n) | 0];
      t1 = c[(c1 + n) | 0];
      t2 = c[(c2 + n) | 0];
      t3 = c[(c3 + n) | 0];
    }
    const x0 = b[(b0 + n) | 0];
    const x1 = b[(b1 + n) | 0];
    const x2 = b[(b2 + n) | 0];
    const x3 = b[(b3 + n) | 0];
    const x4 = b[(b4 + n) | 0];
    const x5 = b[(b5 + n) | 0];
    const x6 = b[(b6 + n) | 0];
    c[(c0 + n) | 0] = t0 + a00 * x0 + a10 * x1 + a20 * x2 + a30 * x3 + (a40 * x4 + a50 * x5 + a60 * x6);
    c[(c1 + n) | 0] = t1 + a01 * x0 + a11 * x1 + a21 * x2 + a31 * x3 + (a41 * x4 + a51 * x5 + a61 * x6);
    c[(c2 + n) | 0] = t2 + a02 * x0 + a12 * x1 + a22 * x2 + a32 * x3 + (a42 * x4 + a52 * x5 + a62 * x6);
    c[(c3 + n) | 0] = t3 + a03 * x0 + a13 * x1 + a23 * x2 + a33 * x3 + (a43 * x4 + a53 * x5 + a63 * x6);
  }
}

/**
 * Adds the gradients of a layer's weights, g[m][i] += sum over columns n of d[m][n] a[i][n], and of its biases, the sum of
 * d[m][n], from the gradient `d` of its sums and its inputs `a`. `rows` is a multiple of 4, `columns` of 8: those that
 * hold no voxel have d 0. Without biases `biasAt` is -1.
 */
export function addGradients(
  g: Float64Array,
  weightAt: number,
  biasAt: number,
  rows: number,
  inputs: number,
  width: number,
  d: Float64Array,
  a: Float64Array,
  stride: number,
  columns: number,
): void {
  for (let n = 0; n < columns; n += COLUMNS) {
    for (let m = 0; m < rows; m += 4) {
      addGradientTile(
        g,
        weightAt + m * width,
        biasAt < 0 ? -1 : biasAt + m,
        inputs,
        width,
        d,
        m * stride + n,
        a,
        n,
        stride,
      );
    }
  }
}

/** The share of 8 columns in the gradients of 4 units. */
function addGradientTile(
  g: Float64Array,
  g0: number,
  biasAt: number,
  inputs: number,
  width: number,
  d: Float64Array,
  dAt: number,
  a: Float64Array,
  aAt: number,
  stride: number,
): void {
  let p = dAt;
  const d00 = d[p];
  const d01 = d[p + 1];
  const d02 = d[p + 2];
  const d03 = d[p + 3];
  const d04 = d[p + 4];
  const d05 = d[p + 5];
  const d06 = d[p + 6];
  const d07 = d[p + 7];
  p += stride;
  const d10 = d[p];
  const d11 = d[p + 1];
  const d12 = d[p + 2];
  const d13 = d[p + 3];
  const d14 = d[p + 4];
  const d15 = d[p + 5];
  const d16 = d[p + 6];
  const d17 = d[p + 7];
  p += stride;
  const d20 = d[p];
  const d21 = d[p + 1];
  const d22 = d[p + 2];
  const d23 = d[p + 3];
  const d24 = d[p + 4];
  const d25 = d[p + 5];
  const d26 = d[p + 6];
  const d27 = d[p + 7];
  p += stride;
  const d30 = d[p];
  const d31 = d[p + 1];
  const d32 = d[p + 2];
  const d33 = d[p + 3];
  const d34 = d[p + 4];
  const d35 = d[p + 5];
  const d36 = d[p + 6];
  const d37 = d[p + 7];
  if (biasAt >= 0) {
    g[biasAt] += d00 + d01 + d02 + d03 + (d04 + d05 + d06 + d07);
    g[biasAt + 1] += d10 + d11 + d12 + d13 + (d14 + d15 + d16 + d17);
    g[biasAt + 2] += d20 + d21 + d22 + d23 + (d24 + d25 + d26 + d27);
    g[biasAt + 3] += d30 + d31 + d32 + d33 + (d34 + d35 + d36 + d37);
  }
  const g1 = g0 + width;
  const g2 = g1 + width;
  const g3 = g2 + width;
  let q = aAt;
  for (let i = 0; i < inputs; i++) {
    const x0 = a[q];
    const x1 = a[(q + 1) | 0];
    const x2 = a[(q + 2) | 0];
    const x3 = a[(q + 3) | 0];
    const x4 = a[(q + 4) | 0];
    const x5 = a[(q + 5) | 0];
    const x6 = a[(q + 6) | 0];
    const x7 = a[(q + 7) | 0];
    g[(g0 + i) | 0] +=
      d00 * x0 + d01 * x1 + d02 * x2 + d03 * x3 + (d04 * x4 + d05 * x5 + d06 * x6 + d07 * x7);
    g[(g1 + i) | 0] +=
      d10 * x0 + d11 * x1 + d12 * x2 + d13 * x3 + (d14 * x4 + d15 * x5 + d16 * x6 + d17 * x7);
    g[(g2 + i) | 0] +=
      d20 * x0 + d21 * x1 + d22 * x2 + d23 * x3 + (d24 * x4 + d25 * x5 + d26 * x6 + d27 * x7);
    g[(g3 + i) | 0] +=
      d30 * x0 + d31 * x1 + d32 * x2 + d33 * x3 + (d34 * x4 + d35 * x5 + d36 * x6 + d37 * x7);
    q = (q + stride) | 0;
  }
}
