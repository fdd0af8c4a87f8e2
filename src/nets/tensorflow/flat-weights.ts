import type { DenseNetwork, DenseWeights } from '../engine.ts';
import { countParameters, layerSizes, transpose } from '../layers.ts';
import type { Tensor } from './backend.ts';

/** Weights or gradients of a whole network in one array: per layer the matrix [in][out], then its biases. */
export interface FlatWeights {
  readonly all: Float32Array;
  /** Views into `all`, layer by layer. */
  readonly layers: readonly { readonly weight: Float32Array; readonly bias: Float32Array }[];
}

export interface LayerTensors {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

export function allocateFlatWeights(network: DenseNetwork): FlatWeights {
  const all = new Float32Array(countParameters(network));
  let at = 0;
  const view = (length: number) => all.subarray(at, (at += length));
  const layers = layerSizes(network).map(({ inputs, units }) => ({
    weight: view(units * inputs),
    bias: view(units),
  }));
  return { all, layers };
}

/** @throws RangeError where the weights are not those of such a network */
export function toFlatWeights(network: DenseNetwork, weights: DenseWeights): FlatWeights {
  const flat = allocateFlatWeights(network);
  const given = weights.map(({ weight, bias }) => `${weight.length} + ${bias.length}`).join(', ');
  const needed = flat.layers.map(({ weight, bias }) => `${weight.length} + ${bias.length}`).join(', ');
  if (given !== needed) throw new RangeError(`layers of ${given} weights and biases; ${needed} are needed`);
  layerSizes(network).forEach(({ inputs, units }, i) => {
    flat.layers[i].weight.set(transpose(weights[i].weight, units, inputs));
    flat.layers[i].bias.set(weights[i].bias);
  });
  return flat;
}

/** A copy as the rest of the program has it. */
export function fromFlatWeights(network: DenseNetwork, flat: FlatWeights): DenseWeights {
  return layerSizes(network).map(({ inputs, units }, i) => ({
    weight: transpose(flat.layers[i].weight, inputs, units),
    bias: flat.layers[i].bias.slice(),
  }));
}

/** Every layer where the backend can use it; `matrix` and `vector` decide how long that lives. */
export function toTensors(
  network: DenseNetwork,
  flat: FlatWeights,
  matrix: (values: Float32Array, rows: number, columns: number) => Tensor,
  vector: (values: Float32Array) => Tensor,
): LayerTensors[] {
  return layerSizes(network).map(({ inputs, units }, i) => ({
    weight: matrix(flat.layers[i].weight, inputs, units),
    bias: vector(flat.layers[i].bias),
  }));
}
