import type { Activation, DenseNetwork, DenseWeights } from './engine.ts';
import { layerSizes } from './layers.ts';
import { transpose } from './transpose.ts';

/** A dense layer as TensorFlow.js's layers format has it. */
interface LayersDense {
  readonly name: string;
  readonly inputs: number;
  readonly units: number;
  readonly activation: string;
  readonly trainable: boolean;
  /** [in][out]. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** `model.json` and the weights it describes. */
export interface LayersModel {
  readonly json: unknown;
  readonly weights: Float32Array;
}

const ACTIVATIONS: Readonly<Record<Activation, string>> = { elu: 'elu', relu: 'relu', silu: 'swish' };

/**
 * A network as a `Sequential` model of dense layers in TensorFlow.js's layers format, which
 * `tf.loadLayersModel` reads without any code of ours. Heads become layers too: |z| = relu(z) + relu(-z), and a
 * stretched sigmoid is a sigmoid followed by a diagonal matrix.
 */
export function toLayersModel(network: DenseNetwork, weights: DenseWeights): LayersModel {
  const layers = [...hiddenLayers(network, weights), ...outputLayers(network, weights)];
  return {
    json: {
      format: 'layers-model',
      generatedBy: 'ivim-bench',
      convertedBy: null,
      modelTopology: {
        class_name: 'Sequential',
        config: { name: 'ivim_bench', layers: layers.map(topology) },
        keras_version: 'tfjs-layers 4.22.0',
        backend: 'tensor_flow.js',
      },
      weightsManifest: [
        {
          paths: ['weights.bin'],
          weights: layers.flatMap(({ name, inputs, units }) => [
            { name: `${name}/kernel`, shape: [inputs, units], dtype: 'float32' },
            { name: `${name}/bias`, shape: [units], dtype: 'float32' },
          ]),
        },
      ],
    },
    weights: Float32Array.from(layers.flatMap(({ kernel, bias }) => [...kernel, ...bias])),
  };
}

/**
 * The weights of a network from those of its layers model.
 *
 * @throws RangeError where there are too few or too many
 */
export function fromLayersModel(network: DenseNetwork, flat: Float32Array): DenseWeights {
  const blank = layerSizes(network).map(({ inputs, units }) => ({
    weight: new Float32Array(inputs * units),
    bias: new Float32Array(units),
  }));
  const expected = toLayersModel(network, blank).weights.length;
  if (flat.length !== expected) {
    throw new RangeError(`${flat.length} weights where the network has ${expected}`);
  }
  let at = 0;
  return layerSizes(network).map(({ inputs, units }, i) => {
    const doubled = network.head.kind === 'abs' && i === network.hidden.length;
    const columns = doubled ? 2 * units : units;
    const weight = transpose(flat.subarray(at, (at += inputs * columns)), inputs, columns);
    const bias = flat.slice(at, (at += columns));
    return { weight: weight.slice(0, units * inputs), bias: bias.slice(0, units) };
  });
}

function hiddenLayers(network: DenseNetwork, weights: DenseWeights): LayersDense[] {
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

function outputLayers({ hidden, inputs, outputs, head }: DenseNetwork, weights: DenseWeights): LayersDense[] {
  const last = weights.at(-1)!;
  const fanIn = hidden.at(-1) ?? inputs;
  const sums: LayersDense = {
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
    const signs: LayersDense = {
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

function topology({ name, inputs, units, activation, trainable }: LayersDense): unknown {
  return {
    class_name: 'Dense',
    config: {
      name,
      trainable,
      batch_input_shape: [null, inputs],
      dtype: 'float32',
      units,
      activation,
      use_bias: true,
      kernel_initializer: { class_name: 'Zeros', config: {} },
      bias_initializer: { class_name: 'Zeros', config: {} },
    },
  };
}
