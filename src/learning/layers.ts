import type { Layers, Tensor, TensorFlow } from '../contracts/learner.ts';
import { convolve } from './convolve.ts';
import { leakyRectifier } from './leaky-rectifier.ts';
import { maxPool } from './max-pool.ts';
import { upsample } from './upsample.ts';

/** What the layers of one pass stand on. */
export interface LayersOptions {
  readonly tf: TensorFlow;
  readonly training: boolean;
  readonly weight: Layers['weight'];
  /** Numbers of 0 or 1 / (1 - rate), drawn anew for every call. */
  readonly mask: (shape: readonly number[], rate: number) => Tensor;
}

/** Slope of the leaky rectifier below 0. */
const LEAK = 0.1;

/** The layers a network is written of. */
export function layersOf({ tf, training, weight, mask }: LayersOptions): Layers {
  const channels = (x: Tensor): number => x.shape.at(-1)!;
  const bias: Layers['bias'] = (x, name) => tf.add(x, weight(`${name}/bias`, [channels(x)], 0));
  const flatten = (x: Tensor): Tensor => tf.reshape(x, [x.shape[0], x.size / x.shape[0]]);
  return {
    tf,
    training,
    weight,
    bias,
    flatten,
    convolution(x, name, { filters, size = 3, bias: biased = true }) {
      const spatial = x.shape.length - 2;
      const filter = weight(
        `${name}/filter`,
        [...new Array<number>(spatial).fill(size), channels(x), filters],
        'he',
      );
      const y = convolve(tf, x, filter);
      return biased ? bias(y, name) : y;
    },
    maxPool: (x) => maxPool(tf, x),
    upsample: (x) => upsample(tf, x),
    globalMean: (x) => tf.mean(tf.reshape(x, [x.shape[0], -1, channels(x)]), 1),
    dense: (x, name, units) =>
      bias(tf.matMul(flatten(x), weight(`${name}/matrix`, [x.size / x.shape[0], units], 'glorot')), name),
    activate: (x, activation) =>
      activation === 'leaky-relu' ? leakyRectifier(tf, x, LEAK) : tf[activation](x),
    dropout: (x, rate) => (training && rate > 0 ? tf.mul(x, mask(x.shape, rate)) : x),
  };
}
