import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Signals } from '../../src/contracts/voxels.ts';
import { signalsAt } from '../../src/data/signals-at.ts';

const test = suite('signals-at');

const signalsOf = (bValues: number[], rows: number[][]): Signals => ({
  bValues: Float64Array.from(bValues),
  n: rows.length,
  values: Float64Array.from(rows.flat()),
  scale: new Float64Array(rows.length).fill(2),
  sigma: new Float64Array(rows.length).fill(0.1),
});
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);

test('one exponential is read off exactly, between and beyond the b-values there are', () => {
  const b = [0, 50, 50, 400, 900, 900];
  const rates = [0.001, 0.0023];
  const signals = signalsOf(
    b,
    rates.map((D) => b.map((each) => Math.exp(-each * D))),
  );
  const wanted = [0, 10, 50, 51, 400, 899, 900, 1200];
  const found = signalsAt(signals, Float64Array.from(wanted));
  rates.forEach((D, i) =>
    wanted.forEach((each, k) => near(found.values[i * wanted.length + k], Math.exp(-each * D))),
  );
  assert.is(found.scale, signals.scale);
  assert.is(found.sigma, signals.sigma);
});

test('the same b-values are the same signals', () => {
  const signals = signalsOf([0, 100, 500], [[1, 0.8, 0.5]]);
  assert.is(signalsAt(signals, Float64Array.of(0, 100, 500)), signals);
});

test('signals that are no magnitudes give finite ones', () => {
  const signals = signalsOf([0, 100, 500], [[1, -0.2, 0]]);
  assert.ok(signalsAt(signals, Float64Array.of(0, 60, 300, 800)).values.every((x) => x > 0 && x <= 1));
});

test.run();
