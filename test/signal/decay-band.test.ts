import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decayDeviations } from '../../src/signal/decay-band.ts';

const test = suite('the band of a fitted decay');
const tissue = { S0: 1000, D: 0.001, f: 0.2, Dp: 0.03 };

test('a decay through as many signals as it has parameters is as uncertain as each of them', () => {
  const b = Float64Array.of(0, 30, 200, 800);
  for (const deviation of decayDeviations(b, tissue, 0.01, b))
    assert.ok(Math.abs(deviation / 0.01 - 1) < 1e-5);
});

test('variances at the measured b-values sum to the noise variance times four parameters (trace of the hat matrix)', () => {
  const b = Float64Array.of(0, 0, 10, 20, 40, 80, 150, 300, 500, 800);
  const sum = decayDeviations(b, tissue, 0.01, b).reduce((total, deviation) => total + deviation ** 2, 0);
  assert.ok(Math.abs(sum / (4 * 0.01 ** 2) - 1) < 1e-5);
});

test('a voxel without perfusion has a band, at least as wide as that of one decay', () => {
  const b = Float64Array.of(0, 200, 800);
  const flat = { S0: 1000, D: 0.001, f: 0, Dp: 0.001 };
  for (const deviation of decayDeviations(b, flat, 10, b)) assert.ok(deviation > 5 && deviation < 10.1);
});

test.run();
