import { z } from 'zod';
import type { Model } from '../contracts/learner.ts';
import { activationSetting, dropoutSetting } from './parts/settings.ts';

const settings = z.strictObject({
  units: z
    .array(z.int().min(1).max(4096))
    .max(8)
    .default([64, 32])
    .describe('units of each hidden layer; none: multinomial logistic regression on the voxels'),
  activation: activationSetting('the hidden layers'),
  dropout: dropoutSetting('the units of each hidden layer'),
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
