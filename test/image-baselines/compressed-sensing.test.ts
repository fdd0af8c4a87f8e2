import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fista } from '../../src/image-baselines/compressed-sensing/fista.ts';
import { totalVariationProx } from '../../src/image-baselines/compressed-sensing/total-variation-prox.ts';
import { waveletProx } from '../../src/image-baselines/compressed-sensing/wavelet-prox.ts';
import { levelsOf, transformWavelets } from '../../src/image-baselines/compressed-sensing/wavelets.ts';
import { acquire, adjoint } from '../../src/images/k-space/acquisition.ts';
import { emptyImage, type ComplexImage } from '../../src/images/k-space/complex-image.ts';
import { Encoding } from '../../src/images/k-space/encoding.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';

const test = suite('image baselines: compressed sensing');

interface Reference {
  readonly zeroFilled: number;
  readonly totalVariation: readonly {
    readonly weight: number;
    readonly nrmse: number;
    readonly objective: number;
    readonly row: readonly (readonly [number, number])[];
  }[];
  readonly wavelets: readonly { readonly weight: number; readonly nrmse: number }[];
}
/** sigpy 0.1.27's answers to the case below: test/fixtures/sigpy-reconstruction.py. */
const reference = JSON.parse(
  readFileSync(new URL('../fixtures/sigpy-reconstruction.json', import.meta.url), 'utf8'),
) as Reference;

const SIZE = 32;
const LINES = [0, 3, 7, 10, 12, 13, 14, 15, 16, 17, 18, 19, 22, 26, 29, 31];
const SIGMA = 0.05;

const truth = emptyImage(SIZE, SIZE);
for (let i = 0; i < SIZE * SIZE; i++) {
  const [u, v] = [((i % SIZE) - 16) / 16, (Math.floor(i / SIZE) - 16) / 16];
  const magnitude =
    ((u * u) / 0.64 + (v * v) / 0.72 < 1 ? 1 : 0) +
    (Math.hypot(u + 0.2, v - 0.1) < 0.3 ? 0.5 : 0) -
    (Math.abs(u - 0.35) < 0.15 && Math.abs(v + 0.2) < 0.25 ? 0.6 : 0);
  const phase = 0.5 + 0.6 * u - 0.4 * v;
  truth.real[i] = magnitude * Math.cos(phase);
  truth.imaginary[i] = magnitude * Math.sin(phase);
}

function theCase() {
  const lines = Uint8Array.from({ length: SIZE }, (_, row) => (LINES.includes(row) ? 1 : 0));
  const sensitivities = emptyImage(SIZE, SIZE);
  sensitivities.real.fill(1);
  const acquisition = { sensitivities, lines };
  const data = acquire(truth, acquisition);
  let state = 1;
  const next = (): number => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * SIGMA * Math.sqrt(12);
  };
  for (const part of [data.real, data.imaginary]) {
    for (let i = 0; i < part.length; i++) part[i] += next() * lines[Math.floor(i / SIZE)];
  }
  return { acquisition, data, zeroFilled: adjoint(data, acquisition), encoding: new Encoding(acquisition) };
}
const small = theCase();

function nrmse(x: ComplexImage): number {
  let [difference, square] = [0, 0];
  for (let i = 0; i < x.real.length; i++) {
    const real = Math.hypot(truth.real[i], truth.imaginary[i]);
    difference += (Math.hypot(x.real[i], x.imaginary[i]) - real) ** 2;
    square += real * real;
  }
  return Math.sqrt(difference / square);
}

function objective(x: ComplexImage, weight: number): number {
  const made = acquire(x, small.acquisition);
  let sum = 0;
  for (let i = 0; i < made.real.length; i++) {
    sum +=
      (made.real[i] - small.data.real[i]) ** 2 / 2 + (made.imaginary[i] - small.data.imaginary[i]) ** 2 / 2;
    const [column, row] = [i % SIZE, Math.floor(i / SIZE)];
    const right = row * SIZE + ((column + 1) % SIZE);
    const down = ((row + 1) % SIZE) * SIZE + column;
    for (const other of [right, down]) {
      sum += weight * Math.hypot(x.real[other] - x.real[i], x.imaginary[other] - x.imaginary[i]);
    }
  }
  return sum;
}

const sized = { width: SIZE, height: SIZE };

test('the case is the one that sigpy was given: the zero-filled image has the same error', () => {
  assert.ok(Math.abs(nrmse(small.zeroFilled) / reference.zeroFilled - 1) < 1e-6);
});

test('total variation: the minimum, the image and the error are sigpy’s', () => {
  for (const { weight, nrmse: error, objective: least, row } of reference.totalVariation) {
    const prox = totalVariationProx({ ...sized, isotropic: false, steps: 20 });
    const x = fista(small, prox, { weight, steps: 400 });
    const found = objective(x, weight);
    assert.ok(found < least * 1.002 && found > least * 0.99, `${weight}: ${found} ${least}`);
    assert.ok(Math.abs(nrmse(x) / error - 1) < 0.02, `${weight}: ${nrmse(x)} ${error}`);
    row.forEach(([re, im], i) => {
      const at = 14 * SIZE + i;
      assert.ok(Math.hypot(x.real[at] - re, x.imaginary[at] - im) < 0.02, `${weight}: ${i}`);
    });
  }
});

test('wavelets: the error is near sigpy’s, whose transform goes beyond the edges, and shifts lower it at useful weights', () => {
  for (const { weight, nrmse: error } of reference.wavelets) {
    const [still, shifted] = [false, true].map((shifts) =>
      nrmse(fista(small, waveletProx({ ...sized, shifts }), { weight, steps: 200 })),
    );
    assert.ok(Math.abs(still / error - 1) < 0.12, `${weight}: ${still} ${error}`);
    // Beyond the best weight, details are lost either way.
    if (weight < 0.1) assert.ok(shifted < still, `${weight}: ${shifted} ${still}`);
  }
});

test('the wavelet transform is orthogonal: its inverse undoes it, and lengths stay', () => {
  const random = new QuickRandom(4);
  for (const [width, height] of [
    [32, 32],
    [96, 48],
    [16, 40],
  ]) {
    const values = new Float64Array(width * height);
    random.fillGaussian(values);
    const changed = values.slice();
    const options = { width, height, levels: levelsOf(width, height) };
    assert.ok(options.levels >= 1);
    transformWavelets(changed, options, 'analyse');
    const length = (of: Float64Array) => of.reduce((sum, value) => sum + value * value, 0);
    assert.ok(Math.abs(length(changed) / length(values) - 1) < 1e-10);
    transformWavelets(changed, options, 'synthesise');
    changed.forEach((value, i) => assert.ok(Math.abs(value - values[i]) < 1e-10));
  }
});

test('details of a polynomial of degree three are 0 away from the edges: four vanishing moments', () => {
  const values = Float64Array.from({ length: 32 * 32 }, (_, i) => ((i % 32) / 32) ** 3);
  transformWavelets(values, { ...sized, levels: 1 }, 'analyse');
  for (let i = 16; i < 16 + 12; i++) assert.ok(Math.abs(values[i]) < 1e-12);
});

test('a weight of almost 0 gives the measured data back, a large one a flat image', () => {
  for (const prox of [totalVariationProx(sized), waveletProx(sized)]) {
    const x = fista(small, prox, { weight: 1e-6, steps: 30 });
    const made = acquire(x, small.acquisition);
    made.real.forEach((value, i) => assert.ok(Math.abs(value - small.data.real[i]) < 1e-3));
  }
  const flat = fista(small, totalVariationProx({ ...sized, steps: 50 }), { weight: 30, steps: 100 });
  const mean = flat.real.reduce((sum, value) => sum + value, 0) / flat.real.length;
  assert.ok(flat.real.every((value) => Math.abs(value - mean) < 0.05));
});

test.run();
