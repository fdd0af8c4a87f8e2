/*
 * The matrix products of a dense layer over arrays laid out [unit][column], where a column is a voxel.
 *
 * Each product loads a tile of one operand into locals and runs along the other. In JavaScript the reads of an array
 * cost more than the arithmetic, because each one checks the bounds and the kind of the array; a local that does not
 * fit a register is read from the stack without checks. Sums are split in two to shorten chains of dependent additions.
 * Indices end in `| 0`, which saves an overflow check. The tiles are written out, weight by weight, since a loop over them
 * would read arrays again. `src/nets/assembly/products.ts` is the same in SIMD.
 *
 * Every element sums its terms in the same order wherever it stands in the batch, so the result for a voxel depends on
 * that voxel alone. What stays the same from call to call (arrays of parameters, offsets, strides) is kept in an
 * object per layer; a tile takes only its place and the arrays of the moment.
 */

/** Depth of a tile of `LayerProduct`: the width of the layers in the study's network. */
const DEPTH = 7;

/** Columns of a tile of `LayerGradient`. */
const COLUMNS = 8;

/** The number of columns, rounded up to whole tiles of `LayerGradient`. */
export function wholeTiles(columns: number): number {
  return Math.ceil(columns / COLUMNS) * COLUMNS;
}

/** One matrix product of a layer, without the arrays that change from call to call. */
export interface ProductShape {
  /** Rows of the result, a multiple of 4. */
  readonly rows: number;
  /** Number of terms in each sum. */
  readonly depth: number;
  /** a(m, k) stands at factorsAt + m rowStep + k depthStep of `factors`. */
  readonly factors: Float64Array;
  readonly factorsAt: number;
  readonly rowStep: number;
  readonly depthStep: number;
  /** Row m of the result begins at start[startAt + m]. */
  readonly start: Float64Array;
  readonly startAt: number;
  /** Columns from one row to the next, in the operand and in the result. */
  readonly stride: number;
}

/**
 * c[m][n] = start[m] + sum over k of a(m, k) b[k][n].
 *
 * With a the weights and `start` the biases this is the forward pass of a layer. With the weights transposed (by the
 * two steps) and a start of zeros it is the backward pass of gradients.
 */
export class LayerProduct implements ProductShape {
  readonly rows: number;
  readonly depth: number;
  readonly factors: Float64Array;
  readonly factorsAt: number;
  readonly rowStep: number;
  readonly depthStep: number;
  readonly start: Float64Array;
  readonly startAt: number;
  readonly stride: number;

  constructor(shape: ProductShape) {
    this.rows = shape.rows;
    this.depth = shape.depth;
    this.factors = shape.factors;
    this.factorsAt = shape.factorsAt;
    this.rowStep = shape.rowStep;
    this.depthStep = shape.depthStep;
    this.start = shape.start;
    this.startAt = shape.startAt;
    this.stride = shape.stride;
  }

  /** Computes the first `columns` columns of `c` from those of `b`. */
  multiply(c: Float64Array, b: Float64Array, columns: number): void {
    for (let m = 0; m < this.rows; m += 4)
      for (let k = 0; k < this.depth; k += DEPTH) addTile(this, c, b, columns, m, k);
  }
}

/**
 * Adds the terms k to k + 6 to rows m to m + 3; the first tile of a row begins at `start` instead. Terms beyond the
 * depth have weight 0.
 */
function addTile(
  product: LayerProduct,
  c: Float64Array,
  b: Float64Array,
  columns: number,
  m: number,
  k: number,
): void {
  const { stride, start, factors: a, rowStep, depthStep } = product;
  const depth = product.depth - k;
  const adds = k > 0;
  const startAt = product.startAt + m;
  const s0 = adds ? 0 : start[startAt];
  const s1 = adds ? 0 : start[startAt + 1];
  const s2 = adds ? 0 : start[startAt + 2];
  const s3 = adds ? 0 : start[startAt + 3];
  const aAt = product.factorsAt + m * rowStep + k * depthStep;
  const m1 = aAt + rowStep;
  const m2 = m1 + rowStep;
  const m3 = m2 + rowStep;
  let p = 0;
  const a00 = a[aAt + p];
  const a01 = a[m1 + p];
  const a02 = a[m2 + p];
  const a03 = a[m3 + p];
  const has1 = depth > 1 ? 1 : 0;
  p += has1 * depthStep;
  const a10 = has1 * a[aAt + p];
  const a11 = has1 * a[m1 + p];
  const a12 = has1 * a[m2 + p];
  const a13 = has1 * a[m3 + p];
  const has2 = depth > 2 ? 1 : 0;
  p += has2 * depthStep;
  const a20 = has2 * a[aAt + p];
  const a21 = has2 * a[m1 + p];
  const a22 = has2 * a[m2 + p];
  const a23 = has2 * a[m3 + p];
  const has3 = depth > 3 ? 1 : 0;
  p += has3 * depthStep;
  const a30 = has3 * a[aAt + p];
  const a31 = has3 * a[m1 + p];
  const a32 = has3 * a[m2 + p];
  const a33 = has3 * a[m3 + p];
  const has4 = depth > 4 ? 1 : 0;
  p += has4 * depthStep;
  const a40 = has4 * a[aAt + p];
  const a41 = has4 * a[m1 + p];
  const a42 = has4 * a[m2 + p];
  const a43 = has4 * a[m3 + p];
  const has5 = depth > 5 ? 1 : 0;
  p += has5 * depthStep;
  const a50 = has5 * a[aAt + p];
  const a51 = has5 * a[m1 + p];
  const a52 = has5 * a[m2 + p];
  const a53 = has5 * a[m3 + p];
  const has6 = depth > 6 ? 1 : 0;
  p += has6 * depthStep;
  const a60 = has6 * a[aAt + p];
  const a61 = has6 * a[m1 + p];
  const a62 = has6 * a[m2 + p];
  const a63 = has6 * a[m3 + p];
  const b0 = k * stride;
  const b1 = b0 + has1 * stride;
  const b2 = b1 + has2 * stride;
  const b3 = b2 + has3 * stride;
  const b4 = b3 + has4 * stride;
  const b5 = b4 + has5 * stride;
  const b6 = b5 + has6 * stride;
  const c0 = m * stride;
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

/** The gradient of a layer's weights and biases, without the arrays that change from call to call. */
export interface GradientShape {
  /** The layer's units, a multiple of 4, and its inputs. */
  readonly rows: number;
  readonly inputs: number;
  /** The gradient of all parameters. */
  readonly gradient: Float64Array;
  /** Where the layer's weights start, [rows][width]. */
  readonly weightAt: number;
  readonly width: number;
  /** Where its biases start; -1 where it has none. */
  readonly biasAt: number;
  /** Columns from one row to the next, in both operands. */
  readonly stride: number;
}

/**
 * Adds the gradient of a layer's weights, g[m][i] += sum over columns n of d[m][n] a[i][n], and of its biases, the sum
 * of d[m][n], where d is the gradient of the layer's sums and a are its inputs.
 */
export class LayerGradient implements GradientShape {
  readonly rows: number;
  readonly inputs: number;
  readonly gradient: Float64Array;
  readonly weightAt: number;
  readonly width: number;
  readonly biasAt: number;
  readonly stride: number;

  constructor(shape: GradientShape) {
    this.rows = shape.rows;
    this.inputs = shape.inputs;
    this.gradient = shape.gradient;
    this.weightAt = shape.weightAt;
    this.width = shape.width;
    this.biasAt = shape.biasAt;
    this.stride = shape.stride;
  }

  /** Adds the share of `columns` columns, a multiple of 8: d is 0 in those that hold no voxel. */
  add(d: Float64Array, a: Float64Array, columns: number): void {
    for (let n = 0; n < columns; n += COLUMNS)
      for (let m = 0; m < this.rows; m += 4) addGradientTile(this, d, a, m, n);
  }
}

/** The share of columns n to n + 7 in the gradient of units m to m + 3. */
function addGradientTile(layer: LayerGradient, d: Float64Array, a: Float64Array, m: number, n: number): void {
  const { gradient: g, weightAt, biasAt, width, inputs, stride } = layer;
  let p = m * stride + n;
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
    const bias = biasAt + m;
    g[bias] += d00 + d01 + d02 + d03 + (d04 + d05 + d06 + d07);
    g[bias + 1] += d10 + d11 + d12 + d13 + (d14 + d15 + d16 + d17);
    g[bias + 2] += d20 + d21 + d22 + d23 + (d24 + d25 + d26 + d27);
    g[bias + 3] += d30 + d31 + d32 + d33 + (d34 + d35 + d36 + d37);
  }
  const g0 = weightAt + m * width;
  const g1 = g0 + width;
  const g2 = g1 + width;
  const g3 = g2 + width;
  let q = n;
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
