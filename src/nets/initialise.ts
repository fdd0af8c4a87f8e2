import { Mt19937 } from '../random/mt19937.ts';
import type { BatchNorm, DenseNetwork, DenseWeights } from './engine.ts';
import { layerSizes } from './layers.ts';

/**
 * Weights to start from: weights and biases uniform in ±1/sqrt(fan-in), which is what PyTorch's `nn.Linear` does by
 * default (Kaiming uniform with a = sqrt(5), He et al. 2015) and so what the study did. The order of drawing is layer
 * by layer, the weights row by row, then the biases. Normalisation starts as PyTorch's does, changing nothing but mean
 * and variance of the batch.
 *
 * @param seed integer 0..2³²-1
 */
export function initialWeights(network: DenseNetwork, seed: number): DenseWeights {
  const random = new Mt19937(seed);
  return layerSizes(network).map(({ inputs, units }, l) => {
    const bound = 1 / Math.sqrt(inputs);
    const draw = () => bound * (2 * random.uniform() - 1);
    const plain = {
      weight: Float32Array.from({ length: units * inputs }, draw),
      bias: Float32Array.from({ length: units }, draw),
    };
    const isNormalised = network.batchNorm && l < network.hidden.length;
    return isNormalised ? { ...plain, norm: initialNorm(units) } : plain;
  });
}

function initialNorm(units: number): BatchNorm {
  const [zeros, ones] = [() => new Float32Array(units), () => new Float32Array(units).fill(1)];
  return { scale: ones(), shift: zeros(), mean: zeros(), variance: ones() };
}
