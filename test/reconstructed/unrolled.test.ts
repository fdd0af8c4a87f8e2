import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { coilSensitivities } from '../../src/images/k-space/coils.ts';
import { emptyImage, type ComplexImage } from '../../src/images/k-space/complex-image.ts';
import { variableDensityLines } from '../../src/images/k-space/masks.ts';
import { Encoding } from '../../src/images/k-space/encoding.ts';
import { measure } from '../../src/images/k-space/measure.ts';
import { BACKENDS, chooseBackend } from '../../src/learning/backends.ts';
import { TensorFlowLearner } from '../../src/learning/tensorflow-learner.ts';
import unrolled from '../../src/models/unrolled.ts';
import type { Backend } from '../../src/nets/tensorflow/backend.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { magnitudeError } from '../../src/reconstructed/magnitude-loss.ts';
import {
  channelsFor,
  fillCase,
  imageOf,
  mirrored,
  mirroredImage,
  TARGETS,
} from '../../src/reconstructed/network-cases.ts';
import { skip } from '../skip.ts';

const test = suite('reconstructed: unrolled network');

const [width, height] = [16, 24];
const pixels = width * height;

function measured(coils: number, acceleration: number) {
  const image = emptyImage(width, height);
  new QuickRandom(3).fillGaussian(image.real);
  const lines = variableDensityLines({ lines: height, acceleration, center: 4, seed: 2 });
  const sensitivities = coilSensitivities(coils, width, height);
  return measure(image, { sensitivities, lines, center: 4, sigma: 0.1 }, new QuickRandom(4));
}

for (const name of BACKENDS) {
  let backend: Backend;
  try {
    ({ backend } = await chooseBackend(name));
  } catch (error) {
    skip(test, `everything on engine ${name}`, (error as Error).message);
    continue;
  }
  const learnerFor = (coils: number, settings: object) => {
    const shape = [height, width, channelsFor(coils)];
    return new TensorFlowLearner({
      ...{ backend, shape, seed: 3, weightDecay: 0, loss: magnitudeError },
      network: unrolled.build(unrolled.settings.parse({ channels: [4, 6], ...settings }), shape, 2),
      targets: [height, width, TARGETS],
    });
  };
  const batchOf = (slice: ReturnType<typeof measured>, coils: number, acceleration: number) => {
    const inputs = new Float32Array(pixels * channelsFor(coils));
    fillCase(inputs, slice, acceleration);
    const targets = new Float32Array(pixels * TARGETS).fill(1);
    return { n: 1, inputs, targets };
  };

  test(`${name}: before it has learnt anything a step is one of gradient descent, for one coil and eight`, () => {
    for (const coils of [1, 8]) {
      const slice = measured(coils, 4);
      const learner = learnerFor(coils, { steps: 2, consistent: false });
      const { values } = learner.evaluate(batchOf(slice, coils, 4));
      learner.dispose();
      let x: ComplexImage = slice.zeroFilled;
      for (let step = 0; step < 2; step++) {
        const gradient = emptyImage(width, height);
        slice.encoding.normal(x, gradient);
        const { zeroFilled } = slice;
        const less = (part: 'real' | 'imaginary') =>
          x[part].map((value, i) => value - gradient[part][i] + zeroFilled[part][i]);
        x = { width, height, real: less('real'), imaginary: less('imaginary') };
      }
      const found = imageOf(values, width, height);
      for (let i = 0; i < pixels; i++) {
        const apart = Math.hypot(found.real[i] - x.real[i], found.imaginary[i] - x.imaginary[i]);
        assert.ok(apart < 2e-5, `${coils} coils, pixel ${i}: ${apart}`);
      }
    }
  });

  test(`${name}: after training steps the measured data of one coil are in place to 1e-5, and the loss has fallen`, () => {
    const slice = measured(1, 3);
    const learner = learnerFor(1, { steps: 3, shared: true });
    const batch = batchOf(slice, 1, 3);
    const losses = Array.from({ length: 6 }, () => learner.step(batch, 0.01).loss);
    assert.ok(losses.at(-1)! < losses[0], losses.join());
    const { values } = learner.evaluate(batch);
    learner.dispose();
    const image = imageOf(values, width, height);
    assert.ok(slice.encoding.residual(image, slice.data) < 1e-5);
    const moved = image.real.some((value, i) => Math.abs(value - slice.zeroFilled.real[i]) > 0.01);
    assert.ok(moved, 'what was not measured has changed');
  });
}

test('a mirrored slice is the measured slice of the mirrored image', () => {
  const slice = measured(2, 3);
  for (const [x, y] of [
    [true, false],
    [false, true],
    [true, true],
  ]) {
    const turned = mirrored(slice, x, y);
    const encoding = new Encoding(turned);
    const [before, after] = [emptyImage(width, height), emptyImage(width, height)];
    slice.encoding.normal(slice.zeroFilled, before);
    encoding.normal(turned.zeroFilled, after);
    const back = mirroredImage(after, x, y);
    for (let i = 0; i < pixels; i++) {
      assert.ok(Math.hypot(back.real[i] - before.real[i], back.imaginary[i] - before.imaginary[i]) < 1e-12);
    }
  }
});

test('cases that are no measured slices are refused', () => {
  const build = (shape: readonly number[], outputs = 2) =>
    unrolled.build(unrolled.settings.parse({}), shape, outputs);
  for (const shape of [
    [16, 16, 5],
    [16, 16, 4],
    [8, 16, 16, 6],
  ]) {
    assert.throws(() => build(shape), /undersampled ones: of 4 channels and two for every coil/);
  }
  assert.throws(() => build([16, 16, 6], 1), /complex images/);
  assert.throws(() => build([20, 16, 6]), /multiples of 8.*\[20, 16, 6\]/);
});

test.run();
