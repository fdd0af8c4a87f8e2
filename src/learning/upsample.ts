import type * as TensorFlowModule from '@tensorflow/tfjs';
import type { Tensor, TensorFlow } from '../contracts/learner.ts';

/**
 * Every value twice along each spatial axis, one axis after the other, of the shape [batch, …spatial, channels]. In two
 * dimensions the C library does it. Else it is made of concatenations, since the resizing of TensorFlow.js 4.22 has no gradient on WASM and
 * none in three dimensions.
 */
export function upsample(tf: TensorFlow, x: Tensor): Tensor {
  if (x.rank === 4 && tf.getBackend() === 'tensorflow') {
    const [, height, width] = x.shape;
    return tf.image.resizeNearestNeighbor(x as TensorFlowModule.Tensor4D, [2 * height, 2 * width]);
  }
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
