import type * as TensorFlowModule from '@tensorflow/tfjs';
import type { Tensor, TensorFlow } from '../contracts/learner.ts';

/**
 * Convolution of stride 1 with zeros around, over two or three spatial axes. The sizes of the filter are odd.
 *
 * Some of its gradients are written here as convolutions. In two dimensions those of WASM and JavaScript are: TensorFlow.js 4.22 has no
 * kernel for the gradient of a filter on WASM, and on its JavaScript backend this one is 16 times quicker. The C library has kernels that
 * take a quarter of the time of this one. In three dimensions, that of the image is on WASM, where the kernel of TensorFlow.js gives wrong
 * numbers.
 */
export function convolve(tf: TensorFlow, x: Tensor, filter: Tensor): Tensor {
  const sizes = filter.shape.slice(0, -2);
  if (x.shape.length !== filter.shape.length || (sizes.length !== 2 && sizes.length !== 3)) {
    throw new Error(
      `a convolution runs over two or three spatial axes, not over [${x.shape.slice(1, -1).join()}]`,
    );
  }
  if (sizes.some((size) => size % 2 === 0))
    throw new Error(`the sizes of a filter are odd, not [${sizes.join()}]`);
  const backend = tf.getBackend();
  if (sizes.length === 2) {
    return backend === 'tensorflow'
      ? plane(tf, x, filter)
      : withGradients(tf, x, filter, plane, planeFilterGradient);
  }
  return backend === 'wasm'
    ? withGradients(tf, x, filter, volume, volumeFilterGradient)
    : volume(tf, x, filter);
}

type Convolution = (tf: TensorFlow, x: Tensor, filter: Tensor) => Tensor;
type FilterGradient = (tf: TensorFlow, x: Tensor, dy: Tensor, shape: readonly number[]) => Tensor;
type Tensor4D = TensorFlowModule.Tensor4D;
type Tensor5D = TensorFlowModule.Tensor5D;

const plane: Convolution = (tf, x, filter) => tf.conv2d(x as Tensor4D, filter as Tensor4D, 1, 'same');
const volume: Convolution = (tf, x, filter) => tf.conv3d(x as Tensor5D, filter as Tensor5D, 1, 'same');

/** With y = x * w, the gradient of x is dy convolved with the filter turned round, its channels exchanged. */
function withGradients(
  tf: TensorFlow,
  x: Tensor,
  filter: Tensor,
  convolution: Convolution,
  filterGradient: FilterGradient,
): Tensor {
  const spatial = filter.shape.slice(0, -2).map((_, axis) => axis);
  const [inputs, outputs] = [spatial.length, spatial.length + 1];
  const convolved = tf.customGrad((...given: (Tensor | TensorFlowModule.GradSaveFunc)[]) => {
    const [image, weights, save] = given as [Tensor, Tensor, TensorFlowModule.GradSaveFunc];
    save([image, weights]);
    return {
      value: convolution(tf, image, weights),
      gradFunc(dy: Tensor, [image, weights]: Tensor[]) {
        const turned = tf.transpose(tf.reverse(weights, spatial), [...spatial, outputs, inputs]);
        return [convolution(tf, dy, turned), filterGradient(tf, image, dy, weights.shape)];
      },
    };
  });
  return convolved(x, filter);
}

/** The gradient of w is x convolved with dy, cases standing for channels; x is padded so that what is left has the filter's size. */
const planeFilterGradient: FilterGradient = (tf, x, dy, [height, width]) => {
  const [rows, columns] = [(height - 1) / 2, (width - 1) / 2];
  const padded = tf.pad(tf.transpose(x, [3, 1, 2, 0]), [
    [0, 0],
    [rows, rows],
    [columns, columns],
    [0, 0],
  ]);
  const dw = tf.conv2d(padded as Tensor4D, tf.transpose(dy as Tensor4D, [1, 2, 0, 3]), 1, 'valid');
  return tf.transpose(dw, [1, 2, 0, 3]);
};

const volumeFilterGradient: FilterGradient = (tf, x, dy, shape) =>
  tf
    .engine()
    .runKernel(
      'Conv3DBackpropFilterV2',
      { x, dy },
      { strides: [1, 1, 1], pad: 'same', filterShape: [...shape] },
    );
