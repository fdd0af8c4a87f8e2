import type { Model } from 'ivim-bench';
import { z } from 'zod';

const settings = z.strictObject({
  filters: z.int().min(1).default(6).describe('filters of both convolutions'),
});

/** Two convolutions, the mean over the image, and one fully connected layer. */
const myModel: Model<z.infer<typeof settings>> = {
  label: 'two convolutions',
  source: 'ours',
  settings,
  build({ filters }, _shape, outputs) {
    return (x, layers) => {
      let y = layers.activate(layers.convolution(x, 'first', { filters }), 'relu');
      y = layers.activate(layers.convolution(layers.maxPool(y), 'second', { filters }), 'relu');
      return layers.dense(layers.globalMean(y), 'output', outputs);
    };
  },
};
export default myModel;
