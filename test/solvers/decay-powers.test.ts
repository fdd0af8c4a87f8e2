import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DecayPowers } from '../../src/solvers/decay-powers.ts';

const test = suite('solvers/decay-powers');

const protocols: readonly (readonly [name: string, divisor: number, b: readonly number[]])[] = [
  ['the study', 10, [10, 20, 60, 150, 300, 500, 1000]],
  ['OSIPI', 1, [1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 250, 350, 400, 550, 700, 850, 1000]],
  ['halves', 2.5, [2.5, 12.5, 50, 400]],
  ['a hundred', 10, Array.from({ length: 100 }, (_, k) => 10 * (k + 1))],
  ['thirds, which share nothing', 0, [10 / 3, 10, 100 / 7]],
  ['large primes, whose chain is too long', 0, [99991, 99989]],
  ['one', 700, [700]],
  ['some twice, which a chain would leave out', 0, [10, 10, 20, 300, 300]],
];

for (const [name, divisor, b] of protocols) {
  test(`gives exp(-b rate): ${name}`, () => {
    const powers = new DecayPowers(Float64Array.from(b));
    assert.is(powers.divisor, divisor);
    const out = new Float64Array(powers.size);
    for (const rate of [0, 1e-6, 1e-4, 1e-3, 0.013, 0.1, 1]) {
      powers.write(rate, out);
      b.forEach((b, k) => {
        const known = Math.exp(-b * rate);
        assert.ok(Math.abs(out[k] - known) <= 2e-13 * known + 1e-300, `b ${b}, rate ${rate}: ${out[k]}`);
      });
    }
  });
}

test.run();
