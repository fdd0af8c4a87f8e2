import { multiplyAdd, subtractProduct } from './multiply-add';

/*
 * Coefficients c of exp(r) = 1 + r + r² (c0 + c1 r + c2 r² + c3 r³ + c4 r⁴) on |r| <= ln 2 / 2, by Lawson's
 * iteration for the least largest relative error, 3.1e-9.
 */
const C0: f32 = 0.4999999403953552;
const C1: f32 = 0.1666652113199234;
const C2: f32 = 0.04166838899254799;
const C3: f32 = 0.008368716575205326;
const C4: f32 = 0.0013814597623422742;

const LOG2_E: f32 = 1.4426950408889634;
/** ln 2 in two parts; the first has few enough digits for its product with a whole number to be exact. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444005e-4;

/** Added to a small number, leaves its nearest whole number in the lowest bits. */
const ROUNDER: f32 = 12582912;

/**
 * Below the first the result stays at 9e-27, which is negligible relative to a signal and large enough to keep products with it
 * out of the denormal numbers, with which processors compute a hundred times slower. From 88.4 on it is infinite.
 */
const LOWEST: f32 = -60;
const HIGHEST: f32 = 89;

/**
 * exp(x) in each lane, relative error below 1.5e-7: a power of two, whose exponent is written as bits, times a
 * polynomial. Exact at 0. NaN stays NaN, which is why the operands of pmin and pmax stand in this order.
 */
@inline
export function exponential(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, f32x4.splat(LOWEST)), f32x4.splat(HIGHEST));
  return exponentialInRange(x);
}

/** The same for x <= 0. */
@inline
export function exponentialBelowZero(x: v128): v128 {
  return exponentialInRange(f32x4.pmax(x, f32x4.splat(LOWEST)));
}

@inline
function exponentialInRange(x: v128): v128 {
  const rounded = multiplyAdd(x, f32x4.splat(LOG2_E), f32x4.splat(ROUNDER));
  const n = f32x4.sub(rounded, f32x4.splat(ROUNDER));
  let r = subtractProduct(x, n, f32x4.splat(LN2_HIGH));
  r = subtractProduct(r, n, f32x4.splat(LN2_LOW));
  let q = multiplyAdd(r, f32x4.splat(C4), f32x4.splat(C3));
  q = multiplyAdd(r, q, f32x4.splat(C2));
  q = multiplyAdd(r, q, f32x4.splat(C1));
  q = multiplyAdd(r, q, f32x4.splat(C0));
  q = multiplyAdd(f32x4.mul(r, r), q, r);
  q = f32x4.add(q, f32x4.splat(1));
  const power = i32x4.add(i32x4.shl(rounded, 23), i32x4.splat(0x3f800000));
  return f32x4.mul(q, power);
}
