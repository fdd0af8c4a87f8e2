import type { Activation, DenseLayer, DenseNetwork, DenseWeights } from './engine.ts';
import { expandBranches, layerSizes, transpose } from './layers.ts';
import { NORM_EPSILON } from './fused/batch-norm.ts';

/** A layer as Keras and TensorFlow.js's layers format have it. */
export interface KerasLayer {
  readonly className: 'Dense' | 'BatchNormalization' | 'Activation' | 'Dropout';
  readonly name: string;
  readonly inputs: number;
  readonly trainable: boolean;
  /** What only a layer of this class has. */
  readonly config: Readonly<Record<string, unknown>>;
  /** In the order of Keras; a matrix is [in][out]. */
  readonly weights: readonly KerasWeights[];
}

export interface KerasWeights {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const ACTIVATIONS: Readonly<Record<Activation, string>> = { elu: 'elu', relu: 'relu', silu: 'swish' };

/**
 * A network as plain layers one after the other, heads included: |z| = relu(z) + relu(-z), and a stretched sigmoid is a
 * sigmoid followed by a diagonal matrix. Branches are blocks along the diagonal of matrices that are 0 elsewhere.
 */
export function toKerasLayers(network: DenseNetwork, weights: DenseWeights): KerasLayer[] {
  const plain = expandBranches(network, weights);
  return [...hiddenLayers(plain.network, plain.weights), ...outputLayers(plain.network, plain.weights)];
}

function hiddenLayers(network: DenseNetwork, weights: DenseWeights): KerasLayer[] {
  const activation = ACTIVATIONS[network.activation];
  return layerSizes(network)
    .slice(0, -1)
    .flatMap(({ inputs, units }, l): KerasLayer[] => {
      const { weight, bias, norm } = weights[l];
      const kernel = transpose(weight, units, inputs);
      const after = { inputs: units, trainable: true, weights: [] };
      const share = network.dropout?.[l];
      return [
        dense(`hidden_${l + 1}`, inputs, units, norm ? 'linear' : activation, kernel, bias),
        ...(norm ? [normalisation(`norm_${l + 1}`, units, norm)] : []),
        ...(norm
          ? [
              {
                ...after,
                className: 'Activation' as const,
                name: `activation_${l + 1}`,
                config: { activation },
              },
            ]
          : []),
        ...(share
          ? [{ ...after, className: 'Dropout' as const, name: `dropout_${l + 1}`, config: { rate: share } }]
          : []),
      ];
    });
}

function normalisation(name: string, units: number, norm: NonNullable<DenseLayer['norm']>): KerasLayer {
  const column = (label: string, values: Float32Array) => ({
    name: `${name}/${label}`,
    shape: [units],
    values,
  });
  return {
    className: 'BatchNormalization',
    name,
    inputs: units,
    trainable: true,
    config: { axis: -1, momentum: 0.9, epsilon: NORM_EPSILON, center: true, scale: true },
    weights: [
      column('gamma', norm.scale),
      column('beta', norm.shift),
      column('moving_mean', norm.mean),
      column('moving_variance', norm.variance),
    ],
  };
}

function dense(
  name: string,
  inputs: number,
  units: number,
  activation: string,
  kernel: Float32Array,
  bias: Float32Array,
  trainable = true,
): KerasLayer {
  return {
    className: 'Dense',
    name,
    inputs,
    trainable,
    config: {
      units,
      activation,
      use_bias: true,
      kernel_initializer: { class_name: 'Zeros', config: {} },
      bias_initializer: { class_name: 'Zeros', config: {} },
    },
    weights: [
      { name: `${name}/kernel`, shape: [inputs, units], values: kernel },
      { name: `${name}/bias`, shape: [units], values: bias },
    ],
  };
}

function outputLayers({ hidden, inputs, outputs, head }: DenseNetwork, weights: DenseWeights): KerasLayer[] {
  const { weight, bias } = weights.at(-1)!;
  const fanIn = hidden.at(-1) ?? inputs;
  const sums = (activation: string) =>
    dense('sums', fanIn, outputs, activation, transpose(weight, outputs, fanIn), bias);
  if (head.kind === 'linear') return [sums('linear')];
  if (head.kind === 'abs') {
    const both = (x: Float32Array) => Float32Array.of(...x, ...x.map((value) => -value));
    const doubled = transpose(both(weight), 2 * outputs, fanIn);
    const kernel = new Float32Array(2 * outputs * outputs);
    for (let i = 0; i < outputs; i++) kernel[i * outputs + i] = kernel[(outputs + i) * outputs + i] = 1;
    return [
      dense('positive_and_negative', fanIn, 2 * outputs, 'relu', doubled, both(bias)),
      dense('absolute', 2 * outputs, outputs, 'linear', kernel, new Float32Array(outputs), false),
    ];
  }
  const kernel = new Float32Array(outputs * outputs);
  head.high.forEach((high, i) => (kernel[i * outputs + i] = high - head.low[i]));
  return [
    sums('sigmoid'),
    dense('range', outputs, outputs, 'linear', kernel, Float32Array.from(head.low), false),
  ];
}
