import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { acquire, adjoint } from '../../src/images/k-space/acquisition.ts';
import { coilSensitivities } from '../../src/images/k-space/coils.ts';
import { emptyImage, innerProduct, type ComplexImage } from '../../src/images/k-space/complex-image.ts';
import { ColumnTransform } from '../../src/images/k-space/column-transform.ts';
import { Encoding } from '../../src/images/k-space/encoding.ts';
import { measure } from '../../src/images/k-space/measure.ts';
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

test('the transform of columns is that of the whole image but for the shift and the other axis, for any height', () => {
  for (const height of [1, 2, 4, 7, 12, 16, 30, 96]) {
    const image = randomImage(height, 3, height);
    const [real, imaginary] = [image.real.slice(), image.imaginary.slice()];
    const transform = new ColumnTransform(3, height);
    transform.apply(real, imaginary, -1);
    for (let k = 0; k < height; k++) {
      let [re, im] = [0, 0];
      for (let j = 0; j < height; j++) {
        const angle = (-2 * Math.PI * ((j * k) % height)) / height;
        const [x, y] = [image.real[3 * j + 1], image.imaginary[3 * j + 1]];
        re += (x * Math.cos(angle) - y * Math.sin(angle)) / Math.sqrt(height);
        im += (x * Math.sin(angle) + y * Math.cos(angle)) / Math.sqrt(height);
      }
      assert.ok(Math.hypot(real[3 * k + 1] - re, imaginary[3 * k + 1] - im) < 1e-11, `${height}: ${k}`);
    }
    transform.apply(real, imaginary, 1);
    assert.ok(apart({ ...image, real, imaginary }, image) < 1e-12);
  }
});

test('the operator of iterations is E* E, and its own adjoint, for one coil and eight', () => {
  for (const [count, acceleration] of [
    [1, 4],
    [8, 6],
  ]) {
    const [width, height] = [10, 24];
    const acquisition = {
      sensitivities: coilSensitivities(count, width, height),
      lines: variableDensityLines({ lines: height, acceleration, center: 2, seed: 7 }),
    };
    const encoding = new Encoding(acquisition);
    const normal = (image: ComplexImage): ComplexImage => {
      const out = emptyImage(width, height);
      encoding.normal(image, out);
      return out;
    };
    const [x, z] = [randomImage(1, width, height), randomImage(2, width, height)];
    assert.ok(apart(normal(x), adjoint(acquire(x, acquisition), acquisition)) < 1e-12);
    const [left, right] = [innerProduct(normal(x), z), innerProduct(x, normal(z))];
    for (const part of [0, 1]) assert.ok(Math.abs(left[part] - right[part]) < 1e-10);
  }
});

test('measured data: E* y is what the definition gives, noise has its SD, and the phase of the middle lines is gone', () => {
  const [width, height] = [32, 48];
  const image = emptyImage(width, height);
  for (let i = 0; i < width * height; i++) {
    const [u, v] = [(i % width) / width - 0.5, Math.floor(i / width) / height - 0.5];
    const [magnitude, phase] = [Math.hypot(u, v) < 0.35 ? 1 + 0.3 * Math.sin(20 * u) : 0, 1 + u - 0.7 * v];
    image.real[i] = magnitude * Math.cos(phase);
    image.imaginary[i] = magnitude * Math.sin(phase);
  }
  for (const coils of [1, 8]) {
    const sensitivities = coilSensitivities(coils, width, height);
    const lines = variableDensityLines({ lines: height, acceleration: 3, center: 8, seed: 2 });
    const options = { sensitivities, lines, center: 8 };
    const clean = measure(image, { ...options, sigma: 0 }, new QuickRandom(1));
    const zeroFilled = adjoint(acquire(image, options), options);
    // But for the phase that was removed, which has no magnitude.
    for (let i = 0; i < width * height; i++) {
      const expected = Math.hypot(zeroFilled.real[i], zeroFilled.imaginary[i]);
      assert.ok(
        Math.abs(Math.hypot(clean.zeroFilled.real[i], clean.zeroFilled.imaginary[i]) - expected) < 1e-10,
      );
    }
    const squares = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
    const share = squares(clean.zeroFilled.imaginary) / squares(clean.zeroFilled.real);
    assert.ok(share < 0.03, `${share}`);
    const noisy = measure(image, { ...options, sigma: 0.1 }, new QuickRandom(1));
    const noise = noisy.data.real.map((value, i) => value - clean.data.real[i]);
    const sd = Math.sqrt((squares(noise) / noise.length) * 3);
    assert.ok(Math.abs(sd / 0.1 - 1) < 0.06, `${sd}`);
    assert.is(noisy.encoding.residual(emptyImage(width, height), noisy.data), 1);
  }
});

test.run();
