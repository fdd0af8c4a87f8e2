import { exponential } from './exponential';
import { laneSum, occupied } from './losses';
import { Plan } from './plan';

/** Bytes of the coefficients before the b-values: weight of the residuals, and one weight per output. */
const BEFORE: usize = 20;

/** A rebuilt signal beyond 0..3 counts as 0 or 3 and moves nothing, as in the code of Kaandorp et al. 2021. */
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
  return plan.targetWidth > 0 ? rebuilt + addDistances(plan, gradient, columns) : rebuilt;
}

function addDistances(plan: Plan, gradient: usize, columns: i32): f64 {
  const rowBytes = (<usize>plan.stride) << 2;
  const scale = f32x4.splat(2 * plan.scale);
  let out = plan.out;
  let target = plan.targetValues;
  let weight = plan.lossCoefficients + 4;
  let sum = f32x4.splat(0);
  for (let o = 0; o < 4; o++) {
    const w = v128.load_splat<f32>(weight);
    for (let n = 0; n < columns; n += 4) {
      const at = (<usize>n) << 2;
      const residual = v128.and(f32x4.sub(v128.load(out + at), v128.load(target + at)), occupied(n, columns));
      const weighted = f32x4.mul(w, residual);
      sum = f32x4.add(sum, f32x4.mul(weighted, residual));
      v128.store(gradient + at, f32x4.add(v128.load(gradient + at), f32x4.mul(scale, weighted)));
    }
    out += rowBytes;
    target += rowBytes;
    gradient += rowBytes;
    weight += 4;
  }
  return laneSum(sum);
}
