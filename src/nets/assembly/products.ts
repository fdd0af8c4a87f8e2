import { multiplyAdd } from './multiply-add';

/*
 * The matrix products of a dense layer over arrays laid out [unit][column]. Each works on a tile kept in registers:
 * 4 units x 8 columns, so that 6 loads serve 8 vector multiply-adds. Every element sums its terms in the same
 * order wherever it stands in the batch: a voxel's result depends on that voxel alone. Tiles are written out because locals
 * are what the compiler keeps in registers. `src/nets/fused/products.ts` is the same in plain JavaScript.
 */

/**
 * c[m][n] = start[m] + sum over k of a[k][m] b[k][n].
 *
 * With the transposed weights as a and the biases as `start` this is the forward pass of a layer; with the weights as a and
 * zeros as `start` it is the backward pass of gradients. `rows` and `aStride` are multiples of 4, `columns` of 8.
 */
export function product(
  c: usize,
  rows: i32,
  start: usize,
  a: usize,
  aStride: i32,
  depth: i32,
  b: usize,
  stride: i32,
  columns: i32,
): void {
  const rowBytes = (<usize>stride) << 2;
  const aBytes = (<usize>aStride) << 2;
  const depthBytes = <usize>depth * aBytes;
  const columnBytes = (<usize>columns) << 2;
  for (let m = 0; m < rows; m += 4) {
    for (let n: usize = 0; n < columnBytes; n += 32) {
      let c00 = v128.load_splat<f32>(start, 0);
      let c01 = c00;
      let c10 = v128.load_splat<f32>(start, 4);
      let c11 = c10;
      let c20 = v128.load_splat<f32>(start, 8);
      let c21 = c20;
      let c30 = v128.load_splat<f32>(start, 12);
      let c31 = c30;
      let q = b + n;
      const end = a + depthBytes;
      for (let p = a; p < end; p += aBytes) {
        const b0 = v128.load(q, 0);
        const b1 = v128.load(q, 16);
        const a0 = v128.load_splat<f32>(p, 0);
        c00 = multiplyAdd(a0, b0, c00);
        c01 = multiplyAdd(a0, b1, c01);
        const a1 = v128.load_splat<f32>(p, 4);
        c10 = multiplyAdd(a1, b0, c10);
        c11 = multiplyAdd(a1, b1, c11);
        const a2 = v128.load_splat<f32>(p, 8);
        c20 = multiplyAdd(a2, b0, c20);
        c21 = multiplyAdd(a2, b1, c21);
        const a3 = v128.load_splat<f32>(p, 12);
        c30 = multiplyAdd(a3, b0, c30);
        c31 = multiplyAdd(a3, b1, c31);
        q += rowBytes;
      }
      let to = c + n;
      v128.store(to, c00, 0);
      v128.store(to, c01, 16);
      to += rowBytes;
      v128.store(to, c10, 0);
      v128.store(to, c11, 16);
      to += rowBytes;
      v128.store(to, c20, 0);
      v128.store(to, c21, 16);
      to += rowBytes;
      v128.store(to, c30, 0);
      v128.store(to, c31, 16);
    }
    c += rowBytes << 2;
    start += 16;
    a += 16;
  }
}

/** The sums of the four lanes of each of four vectors. */
@inline
function laneSums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/**
 * g[m][i] += sum over columns n of d[m][n] a[i][n]: the gradient of a layer's weights from the gradient `d` of its
 * sums and its inputs `a`. `rows` and `width` are multiples of 4; the tile is 2 rows x 4 inputs.
 */
export function addWeightGradient(
  g: usize,
  rows: i32,
  width: i32,
  d: usize,
  a: usize,
  stride: i32,
  columns: i32,
): void {
  const rowBytes = (<usize>stride) << 2;
  const columnBytes = (<usize>columns) << 2;
  const widthBytes = (<usize>width) << 2;
  for (let m = 0; m < rows; m += 2) {
    let a0 = a;
    for (let i: usize = 0; i < widthBytes; i += 16) {
      let g00 = f32x4.splat(0);
      let g01 = g00;
      let g02 = g00;
      let g03 = g00;
      let g10 = g00;
      let g11 = g00;
      let g12 = g00;
      let g13 = g00;
      const a1 = a0 + rowBytes;
      const a2 = a1 + rowBytes;
      const a3 = a2 + rowBytes;
      const d1 = d + rowBytes;
      for (let n: usize = 0; n < columnBytes; n += 16) {
        const y0 = v128.load(d + n);
        const y1 = v128.load(d1 + n);
        const x0 = v128.load(a0 + n);
        g00 = multiplyAdd(y0, x0, g00);
        g10 = multiplyAdd(y1, x0, g10);
        const x1 = v128.load(a1 + n);
        g01 = multiplyAdd(y0, x1, g01);
        g11 = multiplyAdd(y1, x1, g11);
        const x2 = v128.load(a2 + n);
        g02 = multiplyAdd(y0, x2, g02);
        g12 = multiplyAdd(y1, x2, g12);
        const x3 = v128.load(a3 + n);
        g03 = multiplyAdd(y0, x3, g03);
        g13 = multiplyAdd(y1, x3, g13);
      }
      const to = g + i;
      v128.store(to, f32x4.add(v128.load(to), laneSums(g00, g01, g02, g03)));
      const next = to + widthBytes;
      v128.store(next, f32x4.add(v128.load(next), laneSums(g10, g11, g12, g13)));
      a0 = a3 + rowBytes;
    }
    g += widthBytes << 1;
    d += rowBytes << 1;
  }
}

/** g[m] += sum over columns n of d[m][n]: the gradient of a layer's biases. `rows` is a multiple of 4. */
export function addBiasGradient(g: usize, rows: i32, d: usize, stride: i32, columns: i32): void {
  const rowBytes = (<usize>stride) << 2;
  const columnBytes = (<usize>columns) << 2;
  for (let m = 0; m < rows; m += 4) {
    let g0 = f32x4.splat(0);
    let g1 = g0;
    let g2 = g0;
    let g3 = g0;
    const d1 = d + rowBytes;
    const d2 = d1 + rowBytes;
    const d3 = d2 + rowBytes;
    for (let n: usize = 0; n < columnBytes; n += 16) {
      g0 = f32x4.add(g0, v128.load(d + n));
      g1 = f32x4.add(g1, v128.load(d1 + n));
      g2 = f32x4.add(g2, v128.load(d2 + n));
      g3 = f32x4.add(g3, v128.load(d3 + n));
    }
    v128.store(g, f32x4.add(v128.load(g), laneSums(g0, g1, g2, g3)));
    g += 16;
    d = d3 + rowBytes;
  }
}
