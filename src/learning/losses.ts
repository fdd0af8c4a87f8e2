import type { Tensor, TensorFlow } from '../contracts/learner.ts';

/** What is minimised, and how the outputs of a network are read. */
export interface Loss {
  /** Mean over the batch. @param outputs of the network */
  loss(tf: TensorFlow, outputs: Tensor, targets: Tensor): Tensor;
  /** What the outputs say: probabilities, or an image. */
  read(tf: TensorFlow, outputs: Tensor): Tensor;
}

/** Targets are one-hot classes; outputs are read as probabilities (softmax). */
export const crossEntropy: Loss = {
  loss: (tf, outputs, targets) => tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(outputs)), -1))),
  read: (tf, outputs) => tf.softmax(outputs),
};

/** Targets are images or numbers, which the outputs estimate: the mean of the squared differences. */
export const squaredError: Loss = {
  loss: (tf, outputs, targets) => tf.mean(tf.square(tf.sub(outputs, targets))),
  read: (_tf, outputs) => outputs,
};

/** The same by the mean of the absolute differences, whose optimum is the median: a rare large error weighs less. */
export const absoluteError: Loss = {
  loss: (tf, outputs, targets) => tf.mean(tf.abs(tf.sub(outputs, targets))),
  read: (_tf, outputs) => outputs,
};
