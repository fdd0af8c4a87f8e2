import type { Loss } from '../learning/losses.ts';

/** What the background counts beside the brain. */
const BACKGROUND = 0.1;
const TINY = 1e-8;

/**
 * The mean over slices of the relative error of the magnitude, |w (|x| - m)| / |w m|, which makes slices with few and with many measured lines count
 * alike. Outputs are the real and the imaginary part of x; targets the true magnitude m and the share of the pixel that is brain.
 */
export const magnitudeError: Loss = {
  loss(tf, outputs, targets) {
    const size = [...outputs.shape.slice(0, 3), 1];
    const magnitude = tf.sqrt(tf.add(tf.sum(tf.square(outputs), -1, true), TINY));
    const truth = tf.slice(targets, [0, 0, 0, 0], size);
    const weight = tf.add(tf.mul(tf.slice(targets, [0, 0, 0, 1], size), 1 - BACKGROUND), BACKGROUND);
    const squares = tf.sum(tf.mul(weight, tf.square(tf.sub(magnitude, truth))), [1, 2, 3]);
    const all = tf.sum(tf.mul(weight, tf.square(truth)), [1, 2, 3]);
    return tf.mean(tf.sqrt(tf.add(tf.div(squares, tf.add(all, TINY)), TINY)));
  },
  read: (_tf, outputs) => outputs,
};
