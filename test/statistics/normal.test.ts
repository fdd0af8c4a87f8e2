import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { normalCdf, normalUpperTail, Z95 } from '../../src/statistics/normal.ts';

const test = suite('normal distribution');

const near = (value: number, wanted: number, relative: number) =>
  assert.ok(Math.abs(value - wanted) <= relative * Math.abs(wanted), `${value}, not ${wanted}`);

test("upper tails are those of SciPy's norm.sf", () => {
  const known: [number, number][] = [
    [0, 0.5],
    [0.5, 0.3085375387259869],
    [1.96, 0.024997895148220435],
    [3, 0.0013498980316300933],
    [3.0001, 0.0013494549132607172],
    [5, 2.866515718791933e-7],
    [10, 7.61985302416047e-24],
    [37, 5.7255712225239266e-300],
  ];
  for (const [z, tail] of known) {
    near(normalUpperTail(z), tail, 1e-12);
    near(normalCdf(-z), tail, 1e-12);
  }
  assert.is(normalUpperTail(40), 0);
  assert.is(normalUpperTail(-40), 1);
  assert.ok(Number.isNaN(normalCdf(NaN)));
});

test('the distribution function rises, and both tails add up to 1', () => {
  let last = 0;
  for (let z = -6; z <= 6; z += 0.01) {
    const below = normalCdf(z);
    assert.ok(below > last, `at ${z}`);
    assert.ok(Math.abs(below + normalUpperTail(z) - 1) < 1e-15);
    last = below;
  }
  near(normalCdf(Z95), 0.975, 1e-14);
});

test.run();
