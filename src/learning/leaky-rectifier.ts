import type * as TensorFlowModule from '@tensorflow/tfjs';
import type { Tensor, TensorFlow } from '../contracts/learner.ts';

/**
 * x where it is above 0, and a share of it elsewhere. Its gradient is written out: that of a maximum of x and a multiple of it takes eight
 * operations on the whole image, which cost as much as a convolution does, where three will do.
 */
export function leakyRectifier(tf: TensorFlow, x: Tensor, leak: number): Tensor {
  const rectified = tf.customGrad((...given: (Tensor | TensorFlowModule.GradSaveFunc)[]) => {
    const [image, save] = given as [Tensor, TensorFlowModule.GradSaveFunc];
    save([tf.greater(image, 0)]);
    return {
      value: tf.leakyRelu(image, leak),
      gradFunc: (dy: Tensor, [isAbove]: Tensor[]) => tf.where(isAbove, dy, tf.mul(dy, leak)),
    };
  });
  return rectified(x);
}
