import { InputError } from '../contracts/input-error.ts';
import type { DenseLayer, DenseNetwork, DenseWeights } from './engine.ts';
import { contractLayer, expandBranches, layerSizes, transpose } from './layers.ts';
import { toKerasLayers } from './keras-layers.ts';
import type { KerasLayer } from './keras-layers.ts';

/** `model.json` and the weights it describes. */
export interface LayersModel {
  readonly json: unknown;
  readonly weights: Float32Array;
}

/**
 * Converts a network to a `Sequential` model in TensorFlow.js's layers format, which `tf.loadLayersModel` reads without any of
 * our code.
 */
export function toLayersModel(network: DenseNetwork, weights: DenseWeights): LayersModel {
  const layers = toKerasLayers(network, weights);
  const all = layers.flatMap((layer) => layer.weights);
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
          weights: all.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
        },
      ],
    },
    weights: Float32Array.from(all.flatMap(({ values }) => [...values])),
  };
}

/**
 * Extracts the weights of a network from its layers model.
 *
 * @throws InputError if there are too few or too many
 */
export function fromLayersModel(network: DenseNetwork, flat: Float32Array): DenseWeights {
  const refuse = (expected: string) => {
    throw new InputError(
      `weights.bin of the saved model holds ${flat.length} numbers, the network its manifest.json describes has ${expected}`,
    );
  };
  // Before anything of the announced size is allocated: a manifest may come from someone else.
  const fewest = layerSizes(network).reduce((sum, { inputs, units }) => sum + inputs * units, 0);
  if (flat.length < fewest) refuse(`at least ${fewest}`);
  const expected = toLayersModel(network, blankWeights(network)).weights.length;
  if (flat.length !== expected) refuse(String(expected));
  let at = 0;
  const take = (count: number) => flat.slice(at, (at += count));
  const plain = expandBranches(network, blankWeights(network));
  return layerSizes(plain.network).map(({ inputs, units }, l) => {
    const doubled = network.head.kind === 'abs' && l === network.hidden.length;
    const columns = doubled ? 2 * units : units;
    const weight = transpose(take(inputs * columns), inputs, columns).slice(0, units * inputs);
    const layer: DenseLayer = { weight, bias: take(columns).slice(0, units) };
    if (!plain.weights[l].norm) return contractLayer(network, l, layer);
    const [scale, shift, mean, variance] = [0, 0, 0, 0].map(() => take(units));
    return contractLayer(network, l, { ...layer, norm: { scale, shift, mean, variance } });
  });
}

function blankWeights(network: DenseNetwork): DenseWeights {
  return layerSizes(network).map(({ inputs, units }, l) => {
    const plain = { weight: new Float32Array(inputs * units), bias: new Float32Array(units) };
    if (!network.batchNorm || l === network.hidden.length) return plain;
    const [scale, shift, mean, variance] = [0, 0, 0, 0].map(() => new Float32Array(units));
    return { ...plain, norm: { scale, shift, mean, variance } };
  });
}

function topology({ className, name, inputs, trainable, config }: KerasLayer): unknown {
  return {
    class_name: className,
    config: { name, trainable, batch_input_shape: [null, inputs], dtype: 'float32', ...config },
  };
}
