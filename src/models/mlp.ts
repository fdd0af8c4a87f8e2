import { z } from 'zod';
import type { Model } from '../contracts/learner.ts';

const settings = z.strictObject({
  units: z
    .array(z.int().min(1).max(4096))
    .max(8)
    .default([64, 32])
    .describe('units of each hidden layer; none: multinomial logistic regression on the voxels'),
  activation: z
    .enum(['leaky-relu', 'relu', 'sigmoid', 'tanh'])
    .default('leaky-relu')
    .describe('activation of the hidden layers'),
  dropout: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.3)
    .describe('share of the units of each hidden layer that is left out in every training step'),
});

/** A fully connected network on all voxels as one vector: it knows nothing of what lies beside what. */
const mlp: Model<z.infer<typeof settings>> = {
  label: 'fully connected network',
  source: 'the softmax network on a vector of voxels with which Zaharchuk 2018 introduces deep learning',
  settings,
  build({ units, activation, dropout }, _shape, outputs) {
    return (x, layers) => {
      let y = layers.flatten(x);
      units.forEach((count, i) => {
        y = layers.activate(layers.dense(y, `hidden${i + 1}`, count), activation);
        y = layers.dropout(y, dropout);
      });
      return layers.dense(y, 'output', outputs);
    };
  },
};
export default mlp;
