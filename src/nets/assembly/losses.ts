import { exponential } from './exponential';
import { Plan } from './plan';

/*
 * Losses over a block of voxels. Each returns its sum, not yet divided by the number of terms in the batch, and writes
 * the gradient of the mean to `gradient`, [output][column]. Columns from `columns` on, up to a multiple of 8, hold no
 * voxel; they add nothing, and their gradient is 0. `src/nets/fused/losses.ts` is the same in plain JavaScript. The two
 * losses that rebuild a signal have loops of their own, as there.
 */

export const REBUILD = 0;
export const SQUARED = 1;
export const WEIGHTED = 2;

/** All bits set in the lanes of the vector at column `n` that hold a voxel. */
@inline
export function occupied(n: i32, columns: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(n), i32x4(0, 1, 2, 3)), i32x4.splat(columns));
}

@inline
function laneSum(x: v128): f64 {
  return (
    <f64>f32x4.extract_lane(x, 0) +
    <f64>f32x4.extract_lane(x, 1) +
    (<f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3))
  );
}

/**
 * Squared difference between the signals and f exp(-b Dp) + (1 - f) exp(-b D), the outputs being Dp, D, f
 * (Barbieri et al. 2020, equation 1 and the loss of their network).
 */
export function rebuildLoss(plan: Plan, signals: usize, gradient: usize, columns: i32): f64 {
  const rowBytes = (<usize>plan.stride) << 2;
  const inputs = plan.inputs;
  const out = plan.out;
  const minusB = plan.lossCoefficients;
  const one = f32x4.splat(1);
  const scale = f32x4.splat(2 * plan.scale);
  const padded = (columns + 7) & ~7;
  let sum = f32x4.splat(0);
  for (let n = 0; n < padded; n += 4) {
    const at = (<usize>n) << 2;
    const mask = occupied(n, columns);
    const Dp = v128.load(out + at);
    const D = v128.load(out + rowBytes + at);
    const f = v128.load(out + (rowBytes << 1) + at);
    let byDp = f32x4.splat(0);
    let byD = byDp;
    let byF = byDp;
    let signal = signals + at;
    let b = minusB;
    for (let i = 0; i < inputs; i++) {
      const negative = v128.load_splat<f32>(b);
      const fast = exponential(f32x4.mul(negative, Dp));
      const slow = exponential(f32x4.mul(negative, D));
      const difference = f32x4.sub(fast, slow);
      const residual = f32x4.sub(f32x4.add(slow, f32x4.mul(f, difference)), v128.load(signal));
      sum = f32x4.add(sum, v128.and(f32x4.mul(residual, residual), mask));
      const weighted = f32x4.mul(residual, negative);
      byDp = f32x4.add(byDp, f32x4.mul(weighted, fast));
      byD = f32x4.add(byD, f32x4.mul(weighted, slow));
      byF = f32x4.add(byF, f32x4.mul(residual, difference));
      signal += rowBytes;
      b += 4;
    }
    const to = gradient + at;
    const scaled = v128.and(scale, mask);
    v128.store(to, v128.and(f32x4.mul(scaled, f32x4.mul(f, byDp)), mask));
    v128.store(to + rowBytes, v128.and(f32x4.mul(scaled, f32x4.mul(f32x4.sub(one, f), byD)), mask));
    v128.store(to + (rowBytes << 1), v128.and(f32x4.mul(scaled, byF), mask));
  }
  return laneSum(sum);
}

/** Weighted squared difference between outputs and targets, one weight per output. */
export function squaredLoss(plan: Plan, gradient: usize, columns: i32): f64 {
  return squaredDistances(plan, plan.lossCoefficients, plan.outputs, gradient, columns, false);
}

/** `adds`: whether the gradient is added to what `gradient` holds, or replaces it. */
@inline
function squaredDistances(
  plan: Plan,
  weights: usize,
  outputs: i32,
  gradient: usize,
  columns: i32,
  adds: bool,
): f64 {
  const rowBytes = (<usize>plan.stride) << 2;
  const scale = f32x4.splat(2 * plan.scale);
  const padded = (columns + 7) & ~7;
  let out = plan.out;
  let target = plan.targetValues;
  let weight = weights;
  let sum = f32x4.splat(0);
  for (let o = 0; o < outputs; o++) {
    const w = v128.load_splat<f32>(weight);
    for (let n = 0; n < padded; n += 4) {
      const at = (<usize>n) << 2;
      const residual = v128.and(f32x4.sub(v128.load(out + at), v128.load(target + at)), occupied(n, columns));
      const weighted = f32x4.mul(w, residual);
      sum = f32x4.add(sum, f32x4.mul(weighted, residual));
      const slope = f32x4.mul(scale, weighted);
      v128.store(gradient + at, adds ? f32x4.add(v128.load(gradient + at), slope) : slope);
    }
    out += rowBytes;
    target += rowBytes;
    gradient += rowBytes;
    weight += 4;
  }
  return laneSum(sum);
}

/** Penalties with a weight for every voxel and output: the weights follow the targets. */
export function weightedLoss(plan: Plan, gradient: usize, columns: i32): f64 {
  const rowBytes = (<usize>plan.stride) << 2;
  const toWeight = <usize>plan.outputs * rowBytes;
  const one = f32x4.splat(1);
  const minusOne = f32x4.splat(-1);
  const half = f32x4.splat(0.5);
  const scale = f32x4.splat(plan.scale);
  const padded = (columns + 7) & ~7;
  let out = plan.out;
  let target = plan.targetValues;
  let coefficients = plan.lossCoefficients;
  let sum = f32x4.splat(0);
  for (let o = 0; o < plan.outputs; o++) {
    const isMean = load<f32>(coefficients) == 0;
    const lean = v128.load_splat<f32>(coefficients, 4);
    const smoothing = v128.load_splat<f32>(coefficients, 8);
    const quarter = f32x4.mul(smoothing, f32x4.splat(0.25));
    for (let n = 0; n < padded; n += 4) {
      const at = (<usize>n) << 2;
      const mask = occupied(n, columns);
      const r = f32x4.sub(v128.load(out + at), v128.load(target + at));
      const w = v128.load(target + toWeight + at);
      let slope: v128;
      let penalty: v128;
      if (isMean) {
        slope = f32x4.add(r, r);
        penalty = f32x4.mul(r, r);
      } else {
        const c = f32x4.max(f32x4.min(f32x4.div(r, smoothing), one), minusOne);
        slope = f32x4.add(f32x4.mul(half, c), lean);
        const curved = f32x4.mul(quarter, f32x4.sub(one, f32x4.mul(c, c)));
        penalty = f32x4.add(f32x4.mul(slope, r), curved);
      }
      sum = f32x4.add(sum, v128.and(f32x4.mul(w, penalty), mask));
      v128.store(gradient + at, v128.and(f32x4.mul(scale, f32x4.mul(w, slope)), mask));
    }
    out += rowBytes;
    target += rowBytes;
    gradient += rowBytes;
    coefficients += 12;
  }
  return laneSum(sum);
}

/** Bytes of the coefficients before the b-values: weight of the residuals, and one weight per output. */
const BEFORE: usize = 20;

/** A rebuilt signal outside 0..3 counts as 0 or 3 and has no gradient, as in the code of Kaandorp et al. 2021. */
const HIGHEST_SIGNAL: f32 = 3;

/**
 * Squared differences between the signals and S0 (f exp(-b Dp) + (1 - f) exp(-b D)), the outputs being Dp, D, f, S0
 * (Kaandorp et al. 2021), and, where there are targets, between outputs and targets (Korngut et al. 2022); each times
 * its weight.
 */
export function rebuildS0Loss(plan: Plan, signals: usize, gradient: usize, columns: i32): f64 {
  const rowBytes = (<usize>plan.stride) << 2;
  const inputs = plan.inputs;
  const out = plan.out;
  const minusB = plan.lossCoefficients + BEFORE;
  const weight = v128.load_splat<f32>(plan.lossCoefficients);
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const highest = f32x4.splat(HIGHEST_SIGNAL);
  const scale = f32x4.mul(f32x4.splat(2 * plan.scale), weight);
  const padded = (columns + 7) & ~7;
  let sum = f32x4.splat(0);
  for (let n = 0; n < padded; n += 4) {
    const at = (<usize>n) << 2;
    const mask = occupied(n, columns);
    const Dp = v128.load(out + at);
    const D = v128.load(out + rowBytes + at);
    const f = v128.load(out + (rowBytes << 1) + at);
    const S0 = v128.load(out + 3 * rowBytes + at);
    let byDp = f32x4.splat(0);
    let byD = byDp;
    let byF = byDp;
    let byS0 = byDp;
    let signal = signals + at;
    let b = minusB;
    for (let i = 0; i < inputs; i++) {
      const negative = v128.load_splat<f32>(b);
      const fast = exponential(f32x4.mul(negative, Dp));
      const slow = exponential(f32x4.mul(negative, D));
      const difference = f32x4.sub(fast, slow);
      const shape = f32x4.add(slow, f32x4.mul(f, difference));
      const rebuilt = f32x4.mul(S0, shape);
      const possible = f32x4.max(f32x4.min(rebuilt, highest), zero);
      const beyond = f32x4.ne(possible, rebuilt);
      const residual = f32x4.sub(possible, v128.load(signal));
      sum = f32x4.add(sum, v128.and(f32x4.mul(residual, residual), mask));
      const weighted = f32x4.mul(residual, negative);
      byDp = f32x4.add(byDp, v128.andnot(f32x4.mul(weighted, fast), beyond));
      byD = f32x4.add(byD, v128.andnot(f32x4.mul(weighted, slow), beyond));
      byF = f32x4.add(byF, v128.andnot(f32x4.mul(residual, difference), beyond));
      byS0 = f32x4.add(byS0, v128.andnot(f32x4.mul(residual, shape), beyond));
      signal += rowBytes;
      b += 4;
    }
    let to = gradient + at;
    const all = f32x4.mul(scale, S0);
    v128.store(to, v128.and(f32x4.mul(all, f32x4.mul(f, byDp)), mask));
    to += rowBytes;
    v128.store(to, v128.and(f32x4.mul(all, f32x4.mul(f32x4.sub(one, f), byD)), mask));
    to += rowBytes;
    v128.store(to, v128.and(f32x4.mul(all, byF), mask));
    to += rowBytes;
    v128.store(to, v128.and(f32x4.mul(scale, byS0), mask));
  }
  const rebuilt = laneSum(sum) * <f64>load<f32>(plan.lossCoefficients);
  if (plan.targetWidth == 0) return rebuilt;
  return rebuilt + squaredDistances(plan, plan.lossCoefficients + 4, 4, gradient, columns, true);
}
