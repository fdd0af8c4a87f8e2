import { exponential } from './exponential.ts';

/** Coefficients before the b-values: weight of the residuals, and one weight per output. */
const BEFORE = 5;

/** A rebuilt signal beyond 0..3 counts as 0 or 3 and moves nothing, as in the code of Kaandorp et al. 2021. */
export const HIGHEST_SIGNAL = 3;

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
  return targets ? sum + addDistances(coefficients, targets, out, gradient, stride, columns, scale) : sum;
}

function addDistances(
  coefficients: Float64Array,
  targets: Float64Array,
  out: Float64Array,
  gradient: Float64Array,
  stride: number,
  columns: number,
  scale: number,
): number {
  let sum = 0;
  for (let o = 0; o < 4; o++) {
    const weight = coefficients[1 + o];
    for (let j = o * stride; j < o * stride + columns; j++) {
      const residual = out[j] - targets[j];
      sum += weight * residual * residual;
      gradient[j] += 2 * scale * weight * residual;
    }
  }
  return sum;
}
