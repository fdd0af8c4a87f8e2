import type { Layers, Tensor } from '../../contracts/learner.ts';

export interface EncoderDecoder {
  /** Filters of each level, from the finest to the coarsest. */
  readonly channels: readonly number[];
  readonly activation: Parameters<Layers['activate']>[1];
  /** What the names of its weights begin with. */
  readonly prefix?: string;
}

/**
 * Two convolutions and a pooling per level, then back: the image is doubled, joined with what the encoder had at that level, and convolved twice
 * (Ronneberger et al. 2015). Returns as many channels as the finest level has filters.
 */
export function encoderDecoder(
  layers: Layers,
  x: Tensor,
  { channels, activation, prefix = '' }: EncoderDecoder,
): Tensor {
  const { tf } = layers;
  const convolved = (y: Tensor, name: string, filters: number) =>
    layers.activate(layers.convolution(y, prefix + name, { filters }), activation);
  const twice = (y: Tensor, name: string, filters: number) =>
    convolved(convolved(y, `${name}/first`, filters), `${name}/second`, filters);
  const skips: Tensor[] = [];
  let y = x;
  channels.forEach((filters, level) => {
    if (level > 0) y = layers.maxPool(y);
    y = twice(y, `down${level + 1}`, filters);
    skips.push(y);
  });
  for (let level = channels.length - 2; level >= 0; level--) {
    y = tf.concat([layers.upsample(y), skips[level]], -1);
    y = twice(y, `up${level + 1}`, channels[level]);
  }
  return y;
}

/** A matrix over the channels of each pixel, and a bias. @param first the first values of the matrix, as of `Layers.weight` */
export function pointwise(
  layers: Layers,
  x: Tensor,
  name: string,
  outputs: number,
  first: Parameters<Layers['weight']>[2],
): Tensor {
  const { tf } = layers;
  const channels = x.shape.at(-1)!;
  const matrix = layers.weight(`${name}/matrix`, [channels, outputs], first);
  const product = tf.matMul(tf.reshape(x, [-1, channels]), matrix);
  return layers.bias(tf.reshape(product, [...x.shape.slice(0, -1), outputs]), name);
}
