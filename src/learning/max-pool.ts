import type * as TensorFlowModule from '@tensorflow/tfjs';
import type { Tensor, TensorFlow } from '../contracts/learner.ts';

/**
 * The largest of every two neighbours along each spatial axis, one axis after the other, of the shape [batch, …spatial, channels]; what
 * does not fill a pair is left out. In two dimensions the C library does it. Else it is made of slices and maxima, as the gradients of
 * TensorFlow.js 4.22's poolings are wrong on WASM, and in three dimensions run on one thread of the C library and take several times as long.
 */
export function maxPool(tf: TensorFlow, x: Tensor): Tensor {
  if (x.rank === 4 && tf.getBackend() === 'tensorflow')
    return tf.maxPool(x as TensorFlowModule.Tensor4D, 2, 2, 'valid');
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
  return tf.reshape(largerOfPair(tf, pairs), [...before, half, ...after]);
}

/**
 * The larger of the two along the third axis of [outer, half, 2, inner]. Its gradient goes to the larger one, to the first of equals;
 * written out it takes half the time of those of slices and a maximum.
 */
function largerOfPair(tf: TensorFlow, pairs: Tensor): Tensor {
  const larger = tf.customGrad((...given: (Tensor | TensorFlowModule.GradSaveFunc)[]) => {
    const [both, save] = given as [Tensor, TensorFlowModule.GradSaveFunc];
    const [outer, half, , inner] = both.shape;
    const [first, second] = [0, 1].map((i) => tf.slice(both, [0, 0, i, 0], [outer, half, 1, inner]));
    save([tf.greaterEqual(first, second)]);
    return {
      value: tf.maximum(first, second),
      gradFunc(dy: Tensor, [isFirst]: Tensor[]) {
        const toFirst = tf.mul(dy, tf.cast(isFirst, 'float32'));
        return tf.concat([toFirst, tf.sub(dy, toFirst)], 2);
      },
    };
  });
  return larger(pairs);
}
