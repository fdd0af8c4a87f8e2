import { exponential, exponentialAt, exponentialConstants } from './exponential.ts';

/*
 * Losses over a block of voxels, in arrays laid out [unit][column]. Each returns its sum, not yet divided by the number
 * of terms in the batch, and writes the gradient of that sum times `scale` with respect to the outputs.
 *
 * The two losses that rebuild a signal share their formulas but not their loops: the one without S0 is the inner loop of
 * the study's training, and keeps the constants of the exponential in registers. `src/nets/assembly/losses.ts` is the
 * same in SIMD.
 */

/**
 * Squared difference between the signals and f exp(-b Dp) + (1 - f) exp(-b D), the outputs being Dp, D, f
 * (Barbieri et al. 2020, equation 1 and the loss of their network).
 */
export function rebuildLoss(
  bValues: Float64Array,
  signals: Float64Array,
  out: Float64Array,
  gradient: Float64Array,
  stride: number,
  columns: number,
  scale: number,
): number {
  const constants = exponentialConstants();
  const rounder = constants[0];
  const one = constants[1];
  const c1 = constants[2];
  const c2 = constants[3];
  const c3 = constants[4];
  const middle = constants[5];
  const steps = constants[6];
  const farthest = bValues.reduce((most, b) => Math.max(most, Math.abs(b)), 0);
  let sum = 0;
  for (let n = 0; n < columns; n++) {
    const Dp = out[n];
    const D = out[stride + n];
    const f = out[2 * stride + n];
    let byDp = 0;
    let byD = 0;
    let byF = 0;
    const perDp = Dp * steps;
    const perD = D * steps;
    const near = farthest * Math.abs(perDp) < middle && farthest * Math.abs(perD) < middle;
    for (let i = 0; i < bValues.length; i++) {
      const b = bValues[i];
      let fast: number;
      let slow: number;
      if (near) {
        fast = exponentialAt(middle - b * perDp, rounder, one, c1, c2, c3);
        slow = exponentialAt(middle - b * perD, rounder, one, c1, c2, c3);
      } else {
        fast = exponential(-b * Dp);
        slow = exponential(-b * D);
      }
      const residual = slow + f * (fast - slow) - signals[i * stride + n];
      sum += residual * residual;
      byDp -= residual * b * fast;
      byD -= residual * b * slow;
      byF += residual * (fast - slow);
    }
    gradient[n] = 2 * scale * f * byDp;
    gradient[stride + n] = 2 * scale * (1 - f) * byD;
    gradient[2 * stride + n] = 2 * scale * byF;
  }
  return sum;
}

/** Weighted squared difference between outputs and targets, one weight per output. */
export function squaredLoss(
  weights: Float64Array,
  targets: Float64Array,
  out: Float64Array,
  gradient: Float64Array,
  stride: number,
  columns: number,
  scale: number,
): number {
  return squaredDistances(weights, targets, out, gradient, stride, columns, scale, false);
}

/** @param adds whether the gradient is added to what `gradient` holds, or replaces it */
function squaredDistances(
  weights: Float64Array,
  targets: Float64Array,
  out: Float64Array,
  gradient: Float64Array,
  stride: number,
  columns: number,
  scale: number,
  adds: boolean,
): number {
  let sum = 0;
  for (let o = 0; o < weights.length; o++) {
    const weight = weights[o];
    for (let j = o * stride; j < o * stride + columns; j++) {
      const residual = out[j] - targets[j];
      sum += weight * residual * residual;
      const slope = 2 * scale * weight * residual;
      gradient[j] = adds ? gradient[j] + slope : slope;
    }
  }
  return sum;
}

/**
 * Penalties of a weighted loss; `targets` holds the targets of all outputs and then their weights.
 *
 * @param coefficients see `lossCoefficients`
 */
export function weightedLoss(
  coefficients: Float64Array,
  targets: Float64Array,
  out: Float64Array,
  gradient: Float64Array,
  stride: number,
  columns: number,
  scale: number,
): number {
  const outputs = coefficients.length / 3;
  const toWeight = outputs * stride;
  let sum = 0;
  for (let o = 0; o < outputs; o++) {
    const isMean = coefficients[3 * o] === 0;
    const lean = coefficients[3 * o + 1];
    const smoothing = coefficients[3 * o + 2];
    for (let j = o * stride; j < o * stride + columns; j++) {
      const weight = targets[toWeight + j];
      const r = out[j] - targets[j];
      const c = isMean ? r : Math.max(-1, Math.min(1, r / smoothing));
      const slope = isMean ? 2 * r : 0.5 * c + lean;
      const penalty = isMean ? r * r : slope * r + 0.25 * smoothing * (1 - c * c);
      sum += weight * penalty;
      gradient[j] = scale * weight * slope;
    }
  }
  return sum;
}

/** Coefficients before the b-values: weight of the residuals, and one weight per output. */
const BEFORE = 5;

/** A rebuilt signal outside 0..3 counts as 0 or 3 and has no gradient, as in the code of Kaandorp et al. 2021. */
const HIGHEST_SIGNAL = 3;

/**
 * Over a block of voxels, arrays laid out [unit][column]: the squared differences between the signals and
 * S0 (f exp(-b Dp) + (1 - f) exp(-b D)), the outputs being Dp, D, f, S0 (Kaandorp et al. 2021), and, where there are
 * targets, between outputs and targets (Korngut et al. 2022); each times its weight. Returns their sum and writes the
 * gradient of that sum times `scale` to the outputs.
 */
export function rebuildS0Loss(
  coefficients: Float64Array,
  signals: Float64Array,
  targets: Float64Array | undefined,
  out: Float64Array,
  gradient: Float64Array,
  stride: number,
  columns: number,
  scale: number,
): number {
  const weight = coefficients[0];
  let sum = 0;
  for (let n = 0; n < columns; n++) {
    const Dp = out[n];
    const D = out[stride + n];
    const f = out[2 * stride + n];
    const S0 = out[3 * stride + n];
    let byDp = 0;
    let byD = 0;
    let byF = 0;
    let byS0 = 0;
    let squares = 0;
    for (let k = BEFORE; k < coefficients.length; k++) {
      const b = coefficients[k];
      const fast = exponential(-b * Dp);
      const slow = exponential(-b * D);
      const shape = slow + f * (fast - slow);
      const rebuilt = S0 * shape;
      const residual = Math.min(HIGHEST_SIGNAL, Math.max(0, rebuilt)) - signals[(k - BEFORE) * stride + n];
      squares += residual * residual;
      if (rebuilt < 0 || rebuilt > HIGHEST_SIGNAL) continue;
      byDp -= residual * b * fast;
      byD -= residual * b * slow;
      byF += residual * (fast - slow);
      byS0 += residual * shape;
    }
    sum += weight * squares;
    const all = 2 * scale * weight;
    gradient[n] = all * S0 * f * byDp;
    gradient[stride + n] = all * S0 * (1 - f) * byD;
    gradient[2 * stride + n] = all * S0 * byF;
    gradient[3 * stride + n] = all * byS0;
  }
  if (!targets) return sum;
  const weights = coefficients.subarray(1, BEFORE);
  return sum + squaredDistances(weights, targets, out, gradient, stride, columns, scale, true);
}
