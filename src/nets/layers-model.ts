import { InputError } from '../contracts/input-error.ts';
import type { DenseNetwork, DenseWeights } from './engine.ts';
import { toDenseLayers } from './keras-layers.ts';
import type { KerasDense } from './keras-layers.ts';
import { layerSizes } from './layers.ts';
import { transpose } from './transpose.ts';

/** `model.json` and the weights it describes. */
export interface LayersModel {
  readonly json: unknown;
  readonly weights: Float32Array;
}

/**
 * A network as a `Sequential` model of dense layers in TensorFlow.js's layers format, which
 * `tf.loadLayersModel` reads without any code of ours.
 */
export function toLayersModel(network: DenseNetwork, weights: DenseWeights): LayersModel {
  const layers = toDenseLayers(network, weights);
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
 * @throws InputError where there are too few or too many
 */
export function fromLayersModel(network: DenseNetwork, flat: Float32Array): DenseWeights {
  const blank = layerSizes(network).map(({ inputs, units }) => ({
    weight: new Float32Array(inputs * units),
    bias: new Float32Array(units),
  }));
  const expected = toLayersModel(network, blank).weights.length;
  if (flat.length !== expected) {
    throw new InputError(
      `weights.bin of the saved model holds ${flat.length} numbers, the network its manifest.json describes has ${expected}`,
    );
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

function topology({ name, inputs, units, activation, trainable }: KerasDense): unknown {
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
