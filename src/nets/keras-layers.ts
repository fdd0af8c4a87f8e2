import type { Activation, DenseNetwork, DenseWeights } from './engine.ts';
import { layerSizes } from './layers.ts';
import { transpose } from './transpose.ts';

/** A dense layer as Keras and TensorFlow.js's layers format have it. */
export interface KerasDense {
  readonly name: string;
  readonly inputs: number;
  readonly units: number;
  readonly activation: string;
  readonly trainable: boolean;
  /** [in][out]. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

const ACTIVATIONS: Readonly<Record<Activation, string>> = { elu: 'elu', relu: 'relu', silu: 'swish' };

/**
 * A network as plain dense layers, heads included: |z| = relu(z) + relu(-z), and a stretched sigmoid is a sigmoid
 * followed by a diagonal matrix.
 */
export function toDenseLayers(network: DenseNetwork, weights: DenseWeights): KerasDense[] {
  return [...hiddenLayers(network, weights), ...outputLayers(network, weights)];
}

function hiddenLayers(network: DenseNetwork, weights: DenseWeights): KerasDense[] {
  return layerSizes(network)
    .slice(0, -1)
    .map(({ inputs, units }, i) => ({
      name: `hidden_${i + 1}`,
      inputs,
      units,
      activation: ACTIVATIONS[network.activation],
      trainable: true,
      kernel: transpose(weights[i].weight, units, inputs),
      bias: weights[i].bias,
    }));
}

function outputLayers({ hidden, inputs, outputs, head }: DenseNetwork, weights: DenseWeights): KerasDense[] {
  const last = weights.at(-1)!;
  const fanIn = hidden.at(-1) ?? inputs;
  const sums: KerasDense = {
    name: 'sums',
    inputs: fanIn,
    units: outputs,
    activation: 'linear',
    trainable: true,
    kernel: transpose(last.weight, outputs, fanIn),
    bias: last.bias,
  };
  const fixed = { units: outputs, activation: 'linear', trainable: false };
  if (head.kind === 'linear') return [sums];
  if (head.kind === 'abs') {
    const both = (x: Float32Array) => Float32Array.of(...x, ...x.map((value) => -value));
    const signs: KerasDense = {
      ...sums,
      name: 'positive_and_negative',
      units: 2 * outputs,
      activation: 'relu',
      kernel: transpose(both(last.weight), 2 * outputs, fanIn),
      bias: both(last.bias),
    };
    const kernel = new Float32Array(2 * outputs * outputs);
    for (let i = 0; i < outputs; i++) kernel[i * outputs + i] = kernel[(outputs + i) * outputs + i] = 1;
    return [
      signs,
      { ...fixed, name: 'absolute', inputs: 2 * outputs, kernel, bias: new Float32Array(outputs) },
    ];
  }
  const kernel = new Float32Array(outputs * outputs);
  head.high.forEach((high, i) => (kernel[i * outputs + i] = high - head.low[i]));
  return [
    { ...sums, activation: 'sigmoid' },
    { ...fixed, name: 'range', inputs: outputs, kernel, bias: Float32Array.from(head.low) },
  ];
}
