import type { Tensor, TensorFlow } from '../contracts/learner.ts';

/**
 * The largest of every two neighbours along each spatial axis, one axis after the other, of the shape [batch, …spatial, channels]; what
 * does not fill a pair is left out. It is made of slices and maxima, as the gradients of TensorFlow.js 4.22's poolings are wrong on
 * WASM, and in three dimensions run on one thread of the C library and take several times as long.
 */
export function maxPool(tf: TensorFlow, x: Tensor): Tensor {
  let y = x;
  for (let axis = 1; axis < x.shape.length - 1; axis++) y = halve(tf, y, axis);
  return y;
}

function halve(tf: TensorFlow, x: Tensor, axis: number): Tensor {
  const [before, size, after] = [x.shape.slice(0, axis), x.shape[axis], x.shape.slice(axis + 1)];
  const half = Math.floor(size / 2);
  const [outer, inner] = [before, after].map((sizes) => sizes.reduce((product, each) => product * each, 1));
  const whole = size % 2 === 0 ? x : tf.slice(x, 0, [...before, 2 * half, ...after]);
  const pairs = tf.reshape(whole, [outer, half, 2, inner]);
  const [first, second] = [0, 1].map((i) => tf.slice(pairs, [0, 0, i, 0], [outer, half, 1, inner]));
  return tf.reshape(tf.maximum(first, second), [...before, half, ...after]);
}
