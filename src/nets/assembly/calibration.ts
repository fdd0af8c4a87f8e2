import { exponentialBelowZero } from './exponential';
import { multiplyAdd } from './multiply-add';

/*
 * For scripts/bench/calibrate.ts, not part of the kernel: the largest throughput of the processor in vectors of four, with the
 * functions that the kernel uses and enough independent work to keep it busy.
 */

const NUMBERS: usize = 1024;

/** 14 independent multiply-adds of vectors, `rounds` times. Their sum is returned, so that the compiler keeps them. */
export function multiplyAdds(rounds: i32, a: f32): f32 {
  const x = f32x4.splat(a);
  let c0 = x;
  let c1 = x;
  let c2 = x;
  let c3 = x;
  let c4 = x;
  let c5 = x;
  let c6 = x;
  let c7 = x;
  let c8 = x;
  let c9 = x;
  let c10 = x;
  let c11 = x;
  let c12 = x;
  let c13 = x;
  for (let i = 0; i < rounds; i++) {
    c0 = multiplyAdd(c0, x, x);
    c1 = multiplyAdd(c1, x, x);
    c2 = multiplyAdd(c2, x, x);
    c3 = multiplyAdd(c3, x, x);
    c4 = multiplyAdd(c4, x, x);
    c5 = multiplyAdd(c5, x, x);
    c6 = multiplyAdd(c6, x, x);
    c7 = multiplyAdd(c7, x, x);
    c8 = multiplyAdd(c8, x, x);
    c9 = multiplyAdd(c9, x, x);
    c10 = multiplyAdd(c10, x, x);
    c11 = multiplyAdd(c11, x, x);
    c12 = multiplyAdd(c12, x, x);
    c13 = multiplyAdd(c13, x, x);
  }
  let sum = c0;
  sum = f32x4.add(sum, c1);
  sum = f32x4.add(sum, c2);
  sum = f32x4.add(sum, c3);
  sum = f32x4.add(sum, c4);
  sum = f32x4.add(sum, c5);
  sum = f32x4.add(sum, c6);
  sum = f32x4.add(sum, c7);
  sum = f32x4.add(sum, c8);
  sum = f32x4.add(sum, c9);
  sum = f32x4.add(sum, c10);
  sum = f32x4.add(sum, c11);
  sum = f32x4.add(sum, c12);
  sum = f32x4.add(sum, c13);
  return f32x4.extract_lane(sum, 0);
}

/** Writes the exponentials of the first 1,024 numbers in memory behind them, `rounds` times. */
export function exponentials(rounds: i32): void {
  for (let i = 0; i < rounds; i++) {
    for (let at: usize = 0; at < NUMBERS << 2; at += 16)
      v128.store(at, exponentialBelowZero(v128.load(at)), NUMBERS << 2);
  }
}
