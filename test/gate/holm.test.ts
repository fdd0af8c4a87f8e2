import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { holm } from '../../src/gate/statistics/holm.ts';

const test = suite('Holm');
const rounded = (p: readonly number[]) => holm(p).map((value) => Number(value.toPrecision(12)));

test("R's p.adjust(p, 'holm')", () => {
  assert.equal(rounded([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02]);
  assert.equal(rounded([0.5, 0.9, 0.0001]), [1, 1, 0.0003]);
  assert.equal(holm([]), []);
});

test('never below the p value itself nor above that of Bonferroni, and in the same order', () => {
  const random = new Mt19937(2);
  for (let round = 0; round < 200; round++) {
    const p = Array.from({ length: 1 + random.below(20) }, () => random.uniform() ** 4);
    const corrected = holm(p);
    p.forEach((value, i) => {
      assert.ok(corrected[i] >= value && corrected[i] <= Math.min(1, p.length * value) + 1e-15);
      p.forEach((other, j) => assert.ok(value > other || corrected[i] <= corrected[j]));
    });
  }
});

test.run();
