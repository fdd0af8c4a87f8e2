import { z } from 'zod';
import type { Layers, Model, Tensor } from '../contracts/learner.ts';
import { channelsSetting, requirePoolable } from './parts/pooled-volumes.ts';
import { dropoutSetting } from './parts/settings.ts';

const settings = z.strictObject({
  channels: channelsSetting('filters of each stage; a pooling that halves the image opens each'),
  blocks: z.int().min(1).max(8).default(1).describe('residual blocks of two convolutions in each stage'),
  dropout: dropoutSetting('the averaged features'),
});

/** Stages of residual blocks, then the mean over the image and one fully connected layer. */
const residual3d: Model<z.infer<typeof settings>> = {
  label: 'residual 3D CNN',
  source:
    'residual blocks of He et al. 2016 (identity mappings, no batch normalisation), in three dimensions',
  settings,
  build({ channels, blocks, dropout }, shape, outputs) {
    requirePoolable('residual3d', shape, channels.length);
    return (x, layers) => {
      let y = x;
      channels.forEach((filters, i) => {
        const stage = `stage${i + 1}`;
        // The first convolution sees the whole image: it is pooled at once, as the blocks would cost eight times as much.
        y = layers.bias(layers.maxPool(layers.convolution(y, stage, { filters, bias: false })), stage);
        for (let k = 1; k <= blocks; k++) y = block(y, layers, `${stage}/block${k}`, filters);
      });
      const features = layers.globalMean(layers.activate(y, 'leaky-relu'));
      return layers.dense(layers.dropout(features, dropout), 'output', outputs);
    };
  },
};
export default residual3d;

/** x + s conv(a(conv(a(x)))) with the leaky rectifier a, where the learnt factor s begins at 0: at first each block is the identity. */
function block(x: Tensor, layers: Layers, name: string, filters: number): Tensor {
  const inner = layers.convolution(layers.activate(x, 'leaky-relu'), `${name}/first`, { filters });
  const outer = layers.convolution(layers.activate(inner, 'leaky-relu'), `${name}/second`, { filters });
  return layers.tf.add(x, layers.tf.mul(outer, layers.weight(`${name}/scale`, [1], 0)));
}
