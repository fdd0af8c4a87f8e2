import { exponential, exponentialAt, exponentialNumbers } from './exponential.ts';

/*
 * Losses over a block of voxels, arrays laid out [unit][column]. Each returns its sum, not yet divided by the
 * number of terms in the batch, and writes the gradient of that sum times `scale` to the outputs.
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
  const rounder = exponentialNumbers[0];
  const one = exponentialNumbers[1];
  const c1 = exponentialNumbers[2];
  const c2 = exponentialNumbers[3];
  const c3 = exponentialNumbers[4];
  const middle = exponentialNumbers[5];
  const steps = exponentialNumbers[6];
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
  let sum = 0;
  for (let o = 0; o < weights.length; o++) {
    const weight = weights[o];
    for (let j = o * stride; j < o * stride + columns; j++) {
      const residual = out[j] - targets[j];
      sum += weight * residual * residual;
      gradient[j] = 2 * scale * weight * residual;
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
