import type { DenseLayer, DenseNetwork, DenseWeights } from '../engine.ts';
import { layerSizes } from '../layers.ts';

/** Added to every variance, as PyTorch's BatchNorm1d does. */
export const NORM_EPSILON = 1e-5;

/**
 * The same function of its inputs as a trained network, without what only training needs: normalisation by running
 * statistics is one more linear map, which goes into the weights before it; nothing is left out. The answer for a row
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
