import { z } from 'zod';
import type { Model } from '../contracts/learner.ts';
import { channelsSetting, requirePoolable } from './parts/pooled-volumes.ts';
import { activationSetting, dropoutSetting } from './parts/settings.ts';

const settings = z.strictObject({
  channels: channelsSetting('filters of each convolution; a pooling that halves the image follows each'),
  units: z.int().min(1).max(4096).default(32).describe('units of the first fully connected layer'),
  dropout: dropoutSetting('these units'),
  activation: activationSetting('the convolutions and of the first fully connected layer'),
});

/** Convolutions and poolings in turn, then two fully connected layers. */
const cnn3d: Model<z.infer<typeof settings>> = {
  label: '3D CNN',
  source:
    'three convolutions, three poolings and two fully connected layers as in Fan 2022 (liver fibrosis on T1-, T2-weighted and ADC volumes); filters and units are ours',
  settings,
  build({ channels, units, dropout, activation }, shape, outputs) {
    requirePoolable('cnn3d', shape, channels.length);
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
