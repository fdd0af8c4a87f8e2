import type { Tensor, TensorFlow } from '../contracts/learner.ts';

/**
 * Every value twice along each spatial axis, one axis after the other, of the shape [batch, …spatial, channels]. It is made of
 * concatenations, since the resizing of TensorFlow.js 4.22 has no gradient on WASM and none in three dimensions.
 */
export function upsample(tf: TensorFlow, x: Tensor): Tensor {
  let y = x;
  for (let axis = 1; axis < x.shape.length - 1; axis++) y = double(tf, y, axis);
  return y;
}

function double(tf: TensorFlow, x: Tensor, axis: number): Tensor {
  const [before, size, after] = [x.shape.slice(0, axis), x.shape[axis], x.shape.slice(axis + 1)];
  const [outer, inner] = [before, after].map((sizes) => sizes.reduce((product, each) => product * each, 1));
  const single = tf.reshape(x, [outer * size, inner]);
  return tf.reshape(tf.concat([single, single], 1), [...before, 2 * size, ...after]);
}
