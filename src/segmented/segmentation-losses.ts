import type { Tensor, TensorFlow } from '../contracts/learner.ts';
import { crossEntropy, type Loss } from '../learning/losses.ts';

/** Names of the losses in YAML. */
export const LOSSES = ['cross-entropy', 'dice', 'both'] as const;
type LossName = (typeof LOSSES)[number];

/** Keeps the Dice of a region that a batch does not have at 1 where the network sees none either. */
const SMOOTH = 1;

/** 1 less the mean over regions of the soft Dice of a batch (Milletari et al. 2016, with probabilities in place of their squares), background left out. */
function softDice(tf: TensorFlow, outputs: Tensor, targets: Tensor): Tensor {
  const classes = outputs.shape.at(-1)!;
  const rows = (x: Tensor) => tf.slice(tf.reshape(x, [-1, classes]), [0, 1], [-1, classes - 1]);
  const [seen, wanted] = [rows(tf.softmax(outputs)), rows(targets)];
  const both = tf.sum(tf.mul(seen, wanted), 0);
  const all = tf.add(tf.sum(seen, 0), tf.sum(wanted, 0));
  return tf.sub(1, tf.mean(tf.div(tf.add(tf.mul(both, 2), SMOOTH), tf.add(all, SMOOTH))));
}

const read: Loss['read'] = (tf, outputs) => tf.softmax(outputs);

/** What is minimised over all voxels of a batch. Outputs are read as probabilities of classes, background first. */
export const SEGMENTATION_LOSSES: Readonly<Record<LossName, Loss>> = {
  'cross-entropy': crossEntropy,
  dice: { loss: softDice, read },
  both: {
    loss: (tf, outputs, targets) =>
      tf.add(crossEntropy.loss(tf, outputs, targets), softDice(tf, outputs, targets)),
    read,
  },
};
