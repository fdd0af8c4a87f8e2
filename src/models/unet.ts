import { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import type { Model } from '../contracts/learner.ts';
import { encoderDecoder, pointwise } from './parts/encoder-decoder.ts';
import { activationSetting } from './parts/settings.ts';

const settings = z.strictObject({
  channels: z
    .array(z.int().min(1).max(256))
    .min(2)
    .max(6)
    .default([16, 32, 64])
    .describe(
      'filters of each level from the finest to the coarsest; a pooling that halves the image lies between two',
    ),
  activation: activationSetting('all convolutions but the last'),
  residual: z
    .boolean()
    .default(true)
    .describe(
      'whether the network computes what is added to the first channels of the input, instead of the image itself',
    ),
});

/**
 * An encoder of two convolutions and a pooling per level, and a decoder that doubles the image, joins it with what the encoder had at
 * that level, and convolves twice.
 */
const unet: Model<z.infer<typeof settings>> = {
  label: 'U-Net',
  source:
    'encoder and decoder with skips after Ronneberger et al. 2015, with the residual output of Zhang et al. 2017; filters are ours',
  settings,
  build({ channels, activation, residual }, shape, outputs) {
    const spatial = shape.slice(0, -1);
    const factor = 2 ** (channels.length - 1);
    if (spatial.length < 2 || spatial.some((size) => size % factor !== 0)) {
      throw new InputError(
        `unet takes images of two or three dimensions whose sizes are multiples of ${factor}, for ${channels.length - 1} poolings; these are [${shape.join(', ')}]`,
      );
    }
    if (residual && shape.at(-1)! < outputs) {
      throw new InputError(
        `unet with \`residual: true\` has an input channel for every output channel; there are ${shape.at(-1)} for ${outputs}`,
      );
    }
    return (x, layers) => {
      const { tf } = layers;
      const decoded = encoderDecoder(layers, x, { channels, activation });
      const image = pointwise(layers, decoded, 'output', outputs, 'glorot');
      if (!residual) return image;
      const size = [...x.shape.slice(0, -1), outputs];
      return tf.add(tf.slice(x, new Array<number>(size.length).fill(0), size), image);
    };
  },
};
export default unet;
