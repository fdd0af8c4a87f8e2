import type { DenseLayer, DenseNetwork, DenseWeights } from '../engine.ts';
import { layerSizes } from '../layers.ts';

/** Added to every variance, as PyTorch's BatchNorm1d does. */
export const NORM_EPSILON = 1e-5;

/**
 * Returns a network that computes the same function as a trained one, without normalisation and dropout. Normalisation by
 * running statistics is a linear map, which is merged into the weights before it; nothing is dropped. The output for a row
 * then depends on that row alone.
 */
export function foldNorm(
  network: DenseNetwork,
  weights: DenseWeights,
): { readonly network: DenseNetwork; readonly weights: DenseWeights } {
  const plain: DenseNetwork = { ...network, batchNorm: false, dropout: undefined };
  if (!network.batchNorm) return { network: plain, weights };
  const sizes = layerSizes(network);
  return { network: plain, weights: weights.map((layer, l) => foldLayer(layer, sizes[l]?.inputs ?? 0)) };
}

function foldLayer({ weight, bias, norm }: DenseLayer, inputs: number): DenseLayer {
  if (!norm) return { weight, bias };
  const { scale, shift, mean, variance } = norm;
  const factor = Float64Array.from(scale, (s, unit) => s / Math.sqrt(variance[unit] + NORM_EPSILON));
  return {
    weight: weight.map((w, i) => w * factor[Math.floor(i / inputs)]),
    bias: bias.map((b, unit) => shift[unit] + (b - mean[unit]) * factor[unit]),
  };
}

/** Weight of a new batch in the running statistics, as in PyTorch. */
const MOMENTUM = 0.1;

/** The state of one layer's normalisation; arrays of one number per row of sums, padding included. */
export interface NormState {
  /** Running mean and variance. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** 1 / sqrt(variance of the batch + epsilon). */
  readonly inverse: Float64Array;
  /** The sums of the batch, normalised, [row][column]. */
  readonly normalised: Float64Array;
}

/**
 * Normalises sums [row][column] over the batch, in place (Ioffe and Szegedy 2015, algorithm 1, as PyTorch computes it),
 * and updates the running statistics. Scales start at `at` of `parameters`, shifts `rows` further on.
 */
export function normalise(
  state: NormState,
  parameters: Float64Array,
  at: number,
  sums: Float64Array,
  rows: number,
  stride: number,
  columns: number,
): void {
  const { mean, variance, inverse, normalised } = state;
  for (let row = 0; row < rows; row++) {
    const from = row * stride;
    let sum = 0;
    for (let j = from; j < from + columns; j++) sum += sums[j];
    const centre = sum / columns;
    let squares = 0;
    for (let j = from; j < from + columns; j++) squares += (sums[j] - centre) * (sums[j] - centre);
    const factor = 1 / Math.sqrt(squares / columns + NORM_EPSILON);
    inverse[row] = factor;
    mean[row] += MOMENTUM * (centre - mean[row]);
    variance[row] += MOMENTUM * (squares / (columns - 1) - variance[row]);
    const [scale, shift] = [parameters[at + row], parameters[at + rows + row]];
    for (let j = from; j < from + columns; j++) {
      normalised[j] = (sums[j] - centre) * factor;
      sums[j] = normalised[j] * scale + shift;
    }
  }
}

/** Converts the gradient of the output of `normalise` to that of the sums, in place, and adds those of scales and shifts. */
export function normaliseBackward(
  state: NormState,
  parameters: Float64Array,
  at: number,
  parameterGradient: Float64Array,
  gradient: Float64Array,
  rows: number,
  stride: number,
  columns: number,
): void {
  const { inverse, normalised } = state;
  for (let row = 0; row < rows; row++) {
    const from = row * stride;
    let byShift = 0;
    let byScale = 0;
    for (let j = from; j < from + columns; j++) {
      byShift += gradient[j];
      byScale += gradient[j] * normalised[j];
    }
    parameterGradient[at + row] += byScale;
    parameterGradient[at + rows + row] += byShift;
    const factor = parameters[at + row] * inverse[row];
    const [meanShift, meanScale] = [byShift / columns, byScale / columns];
    for (let j = from; j < from + columns; j++)
      gradient[j] = factor * (gradient[j] - meanShift - normalised[j] * meanScale);
  }
}
