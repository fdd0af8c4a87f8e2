import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { acquire, adjoint } from '../../src/images/k-space/acquisition.ts';
import { coilSensitivities } from '../../src/images/k-space/coils.ts';
import { emptyImage, innerProduct, type ComplexImage } from '../../src/images/k-space/complex-image.ts';
import { fromKSpace, toKSpace } from '../../src/images/k-space/fourier.ts';
import { variableDensityLines } from '../../src/images/k-space/masks.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';

const test = suite('images: k-space');

function randomImage(seed: number, width: number, height: number, count = 1): ComplexImage {
  const image = emptyImage(width, height, count);
  const random = new QuickRandom(seed);
  random.fillGaussian(image.real);
  random.fillGaussian(image.imaginary);
  return image;
}
const apart = (a: ComplexImage, b: ComplexImage): number =>
  Math.max(
    ...a.real.map((value, i) => Math.abs(value - b.real[i])),
    ...a.imaginary.map((value, i) => Math.abs(value - b.imaginary[i])),
  );
const norm = (image: ComplexImage): number => innerProduct(image, image)[0];

test('a point in the middle has a flat k-space, a wave along x a single point', () => {
  const [width, height] = [12, 9];
  const point = emptyImage(width, height);
  point.real[4 * width + 6] = 1;
  const flat = toKSpace(point);
  for (let i = 0; i < width * height; i++) {
    assert.ok(Math.abs(flat.real[i] - 1 / Math.sqrt(width * height)) < 1e-12);
    assert.ok(Math.abs(flat.imaginary[i]) < 1e-12);
  }
  const wave = emptyImage(width, height);
  for (let i = 0; i < width * height; i++) {
    const angle = (2 * Math.PI * 2 * ((i % width) - 6)) / width;
    wave.real[i] = Math.cos(angle);
    wave.imaginary[i] = Math.sin(angle);
  }
  const { real, imaginary } = toKSpace(wave);
  real.forEach((value, i) => {
    // Frequency 2 along x, 0 along y.
    const expected = i === 4 * width + 8 ? Math.sqrt(width * height) : 0;
    assert.ok(Math.abs(value - expected) < 1e-11 && Math.abs(imaginary[i]) < 1e-11, `${i}`);
  });
});

test('the transform keeps lengths, and its inverse undoes it, for even and odd sizes and several slices', () => {
  for (const [width, height, count] of [
    [8, 8, 1],
    [7, 10, 3],
    [33, 5, 2],
  ]) {
    const image = randomImage(width, width, height, count);
    const kSpace = toKSpace(image);
    assert.ok(Math.abs(norm(kSpace) / norm(image) - 1) < 1e-12);
    assert.ok(apart(fromKSpace(kSpace), image) < 1e-12);
  }
});

test('<E x, y> = <x, E* y> for one coil and eight, any mask', () => {
  for (const [count, acceleration] of [
    [1, 1],
    [1, 4],
    [8, 2],
    [8, 6],
  ]) {
    const [width, height] = [20, 24];
    const acquisition = {
      sensitivities: coilSensitivities(count, width, height),
      lines: variableDensityLines({ lines: height, acceleration, center: 2, seed: count }),
    };
    const [x, y] = [randomImage(1, width, height), randomImage(2, width, height, count)];
    const [left, right] = [
      innerProduct(acquire(x, acquisition), y),
      innerProduct(x, adjoint(y, acquisition)),
    ];
    for (const part of [0, 1])
      assert.ok(Math.abs(left[part] - right[part]) < 1e-10, `${left.join()} ${right.join()}`);
  }
});

test('fully sampled, the adjoint gives the image back: squared sensitivities have a sum of 1', () => {
  for (const count of [1, 8]) {
    const image = randomImage(5, 16, 12);
    const acquisition = {
      sensitivities: coilSensitivities(count, 16, 12),
      lines: new Uint8Array(12).fill(1),
    };
    assert.ok(apart(adjoint(acquire(image, acquisition), acquisition), image) < 1e-12);
  }
});

test('masks have as many lines as they should, the centre, more lines near it, and depend on their seed alone', () => {
  const options = { lines: 96, acceleration: 4, center: 8 };
  const often = new Float64Array(96);
  for (let seed = 0; seed < 500; seed++) {
    const mask = variableDensityLines({ ...options, seed });
    assert.is(
      mask.reduce((sum, line) => sum + line, 0),
      24,
    );
    assert.ok(mask.subarray(44, 52).every((line) => line === 1));
    mask.forEach((line, i) => (often[i] += line / 500));
  }
  const mean = (from: number, to: number) =>
    often.subarray(from, to).reduce((sum, each) => sum + each, 0) / (to - from);
  assert.ok(mean(52, 62) > mean(62, 77) && mean(62, 77) > mean(77, 96), 'the density falls outwards');
  assert.ok(Math.abs(mean(52, 72) - mean(24, 44)) < 0.05, 'on both sides alike');
  assert.equal(variableDensityLines({ ...options, seed: 3 }), variableDensityLines({ ...options, seed: 3 }));
  assert.not.equal(
    variableDensityLines({ ...options, seed: 3 }),
    variableDensityLines({ ...options, seed: 4 }),
  );
  assert.throws(
    () => variableDensityLines({ ...options, acceleration: 16, seed: 1 }),
    /6 of 96 lines.*fewer than the 8/,
  );
});

test.run();
