/*
 * Four columns of numbers summed under the weights of a bootstrap's resample: four rows at once, whose sums don't wait
 * for each other.
 */

/**
 * out[c] = sum over rows i of weights[i] table[i][c], c = 0..3.
 * @param weights `n` bytes
 * @param table `n` rows of four float64 numbers
 * @param out four float64 numbers
 */
export function sums(weights: usize, table: usize, n: i32, out: usize): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  const end = weights + <usize>n;
  const whole = weights + (<usize>n & ~3);
  let at = weights;
  for (; at < whole; at += 4) {
    const counts = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
    const low = f64x2.convert_low_i32x4_s(counts);
    const high = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(counts, counts, 2, 3, 2, 3));
    let w = v128.shuffle<f64>(low, low, 0, 0);
    a0 = f64x2.add(a0, f64x2.mul(w, v128.load(table, 0)));
    a1 = f64x2.add(a1, f64x2.mul(w, v128.load(table, 16)));
    w = v128.shuffle<f64>(low, low, 1, 1);
    b0 = f64x2.add(b0, f64x2.mul(w, v128.load(table, 32)));
    b1 = f64x2.add(b1, f64x2.mul(w, v128.load(table, 48)));
    w = v128.shuffle<f64>(high, high, 0, 0);
    c0 = f64x2.add(c0, f64x2.mul(w, v128.load(table, 64)));
    c1 = f64x2.add(c1, f64x2.mul(w, v128.load(table, 80)));
    w = v128.shuffle<f64>(high, high, 1, 1);
    d0 = f64x2.add(d0, f64x2.mul(w, v128.load(table, 96)));
    d1 = f64x2.add(d1, f64x2.mul(w, v128.load(table, 112)));
    table += 128;
  }
  for (; at < end; at++) {
    const w = f64x2.splat(<f64>load<u8>(at));
    a0 = f64x2.add(a0, f64x2.mul(w, v128.load(table, 0)));
    a1 = f64x2.add(a1, f64x2.mul(w, v128.load(table, 16)));
    table += 32;
  }
  v128.store(out, f64x2.add(f64x2.add(a0, b0), f64x2.add(c0, d0)), 0);
  v128.store(out, f64x2.add(f64x2.add(a1, b1), f64x2.add(c1, d1)), 16);
}
