import { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import type { Layers, Model, Tensor } from '../contracts/learner.ts';
import { fourierFactors } from '../images/k-space/fourier.ts';
import { encoderDecoder, pointwise } from './parts/encoder-decoder.ts';
import { activationSetting } from './parts/settings.ts';

const settings = z.strictObject({
  steps: z.int().min(1).max(20).default(6).describe('steps, with the same weights where they are `shared`'),
  channels: z
    .array(z.int().min(1).max(256))
    .min(1)
    .max(5)
    .default([16, 32, 48])
    .describe(
      'filters of each level of the network of a step, from the finest, of half the resolution of the image, to the coarsest',
    ),
  shared: z.boolean().default(true).describe('whether all steps have the same weights'),
  activation: activationSetting('all convolutions'),
  consistent: z
    .boolean()
    .default(true)
    .describe(
      'whether a last step puts the measured data in place; with one coil nothing of them is lost then, with several it is a step of gradient descent',
    ),
});

/** Channels before the sensitivities: the zero-filled image, which lines are measured, and the acceleration. */
const FIRST = 4;

/**
 * Gradient descent on the distance from the measured data, in which a small U-Net takes the place of the gradient of a prior. The network of
 * a step sees the image, that distance's gradient, the acceleration, and what the step before it had found out.
 *
 * A case has the channels that studies of undersampled images give: real and imaginary part of the zero-filled image, 1 in the rows that
 * were measured, an eighth of the acceleration, and the real parts, then the imaginary parts of the sensitivities of every coil.
 */
const unrolled: Model<z.infer<typeof settings>> = {
  label: 'unrolled network',
  source:
    'data consistency between networks after Schlemper et al. 2018, learnt gradient descent after Hammernik et al. 2018, coils as in Aggarwal et al. 2019; filters and the memory of a step are ours',
  settings,
  build({ steps, channels, shared, activation, consistent }, shape, outputs) {
    const [height, width, given] = shape;
    const coils = (given - FIRST) / 2;
    const factor = 2 ** channels.length;
    if (shape.length !== 3 || outputs !== 2 || coils < 1 || coils % 1 !== 0) {
      throw new InputError(
        `unrolled makes complex images of undersampled ones: of ${FIRST} channels and two for every coil; these are [${shape.join(', ')}]`,
      );
    }
    if (height % factor !== 0 || width % factor !== 0) {
      throw new InputError(
        `unrolled takes images whose sizes are multiples of ${factor}, for ${channels.length} levels; these are [${shape.join(', ')}]`,
      );
    }
    return (x, layers) => {
      const { tf } = layers;
      const zeroFilled = channelsOf(layers, x, 0, 2);
      const acceleration = channelsOf(layers, x, FIRST - 1, 1);
      const gradientAt = dataGradient(layers, x, zeroFilled, coils);
      let image = zeroFilled;
      let memory: Tensor | undefined;
      for (let step = 1; step <= steps; step++) {
        const name = shared ? 'step' : `step${step}`;
        const gradient = gradientAt(image);
        const seen = folded(layers, tf.concat([image, gradient, acceleration], -1));
        const features = encoderDecoder(
          layers,
          // Steps that share weights take the same channels, so the first one remembers zeros.
          tf.concat([seen, memory ?? tf.zeros([...seen.shape.slice(0, 3), channels[0]])], -1),
          { prefix: `${name}/`, channels, activation },
        );
        memory = features;
        // It begins at 0, so that an untrained step is one of gradient descent.
        const change = unfolded(layers, pointwise(layers, features, `${name}/change`, 8, 0));
        const [constant, slope] = [
          layers.weight(`${name}/length`, [1], 1),
          layers.weight(`${name}/slope`, [1], 0),
        ];
        const length = tf.add(constant, tf.mul(slope, acceleration));
        image = tf.add(tf.sub(image, tf.mul(length, gradient)), change);
      }
      return consistent ? tf.sub(image, gradientAt(image)) : image;
    };
  },
};
export default unrolled;

const channelsOf = ({ tf }: Layers, x: Tensor, from: number, count: number): Tensor =>
  tf.slice(x, [0, 0, 0, from], [...x.shape.slice(0, 3), count]);

/**
 * The gradient of |E x - y|² / 2, E* E x - E* y. Along an axis of which whole lines are measured F* M F is one matrix, of
 * [re; im] to [re; im], whose product with all columns of all coils has a gradient in TensorFlow.js, where the FFT has none.
 */
function dataGradient(
  layers: Layers,
  x: Tensor,
  zeroFilled: Tensor,
  coils: number,
): (image: Tensor) => Tensor {
  const { tf } = layers;
  const [n, height, width] = x.shape;
  const lines = tf.reshape(tf.slice(x, [0, 0, 0, 2], [n, height, 1, 1]), [n, 1, height]);
  const matrix = tf.tensor2d(stackedFourier(height), [2 * height, 2 * height]);
  // F* M, then times F; both as real matrices, of which the adjoint is the transpose.
  const back = tf.mul(tf.transpose(matrix), tf.concat([lines, lines], 2));
  const projection = tf.reshape(tf.matMul(tf.reshape(back, [n * 2 * height, 2 * height]), matrix), [
    n,
    2 * height,
    2 * height,
  ]);
  const re = channelsOf(layers, x, FIRST, coils);
  const im = channelsOf(layers, x, FIRST + coils, coils);
  return (image) => {
    const [a, b] = [channelsOf(layers, image, 0, 1), channelsOf(layers, image, 1, 1)];
    const flat = (seen: Tensor) => tf.reshape(seen, [n, height, width * coils]);
    const seen = tf.concat(
      [flat(tf.sub(tf.mul(re, a), tf.mul(im, b))), flat(tf.add(tf.mul(re, b), tf.mul(im, a)))],
      1,
    );
    const measured = tf.matMul(projection, seen);
    const part = (from: number) =>
      tf.reshape(tf.slice(measured, [0, from, 0], [n, height, width * coils]), [n, height, width, coils]);
    const [c, d] = [part(0), part(height)];
    const combined = (sum: Tensor) => (coils === 1 ? sum : tf.sum(sum, -1, true));
    const both = tf.concat(
      [combined(tf.add(tf.mul(re, c), tf.mul(im, d))), combined(tf.sub(tf.mul(re, d), tf.mul(im, c)))],
      -1,
    );
    return tf.sub(both, zeroFilled);
  };
}

/** The unitary DFT of [re; im], frequency 0 in the middle, row by row. */
function stackedFourier(size: number): Float32Array {
  const { cosine, sine } = fourierFactors(size);
  const matrix = new Float32Array(4 * size * size);
  for (let k = 0; k < size; k++) {
    for (let j = 0; j < size; j++) {
      const [c, s] = [cosine[k * size + j], sine[k * size + j]];
      matrix[k * 2 * size + j] = c;
      matrix[k * 2 * size + size + j] = s;
      matrix[(size + k) * 2 * size + j] = -s;
      matrix[(size + k) * 2 * size + size + j] = c;
    }
  }
  return matrix;
}

/** Every 2 x 2 pixels as one with four times the channels. */
function folded({ tf }: Layers, x: Tensor): Tensor {
  const [n, height, width, channels] = x.shape;
  const pairs = tf.reshape(x, [(n * height) / 2, 2, width / 2, 2 * channels]);
  return tf.reshape(tf.transpose(pairs, [0, 2, 1, 3]), [n, height / 2, width / 2, 4 * channels]);
}

/** The inverse of `folded`. */
function unfolded({ tf }: Layers, x: Tensor): Tensor {
  const [n, height, width, channels] = x.shape;
  const pairs = tf.reshape(x, [n * height, width, 2, channels / 2]);
  return tf.reshape(tf.transpose(pairs, [0, 2, 1, 3]), [n, 2 * height, 2 * width, channels / 4]);
}
