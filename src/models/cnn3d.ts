import { z } from 'zod';
import type { Model } from '../contracts/learner.ts';
import { InputError } from '../contracts/input-error.ts';

const settings = z.strictObject({
  channels: z
    .array(z.int().min(1).max(256))
    .min(1)
    .max(5)
    .default([8, 16, 32])
    .describe('filters of each convolution; a pooling that halves the image follows each'),
  units: z.int().min(1).max(4096).default(32).describe('units of the first fully connected layer'),
  dropout: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.3)
    .describe('share of these units that is left out in every training step'),
  activation: z
    .enum(['leaky-relu', 'relu', 'sigmoid', 'tanh'])
    .default('leaky-relu')
    .describe('activation of the convolutions and of the first fully connected layer'),
});

/** Convolutions and poolings in turn, then two fully connected layers. */
const cnn3d: Model<z.infer<typeof settings>> = {
  label: '3D CNN',
  source:
    'three convolutions, three poolings and two fully connected layers as in Fan 2022 (liver fibrosis on T1-, T2-weighted and ADC volumes); filters and units are ours',
  settings,
  build({ channels, units, dropout, activation }, shape, outputs) {
    if (shape.length !== 4 || shape.slice(0, 3).some((size) => size < 2 ** channels.length)) {
      throw new InputError(
        `cnn3d takes volumes of at least ${2 ** channels.length} voxels along each axis, for ${channels.length} poolings; these are [${shape.join(', ')}]`,
      );
    }
    return (x, layers) => {
      let y = x;
      channels.forEach((filters, i) => {
        const name = `convolution${i + 1}`;
        y = layers.maxPool(layers.convolution(y, name, { filters, bias: false }));
        y = layers.activate(layers.bias(y, name), activation);
      });
      const hidden = layers.activate(layers.dense(y, 'hidden', units), activation);
      return layers.dense(layers.dropout(hidden, dropout), 'output', outputs);
    };
  },
};
export default cnn3d;
