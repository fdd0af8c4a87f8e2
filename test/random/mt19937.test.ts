import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import { Mt19937 } from '../../src/random/mt19937.ts';

const test = suite('random/mt19937');

test('gives the published 32-bit sequence of seed 5489', () => {
  // First outputs of the reference code's default seed; the 10,000th is the C++ standard's check value (26.6.5).
  const random = new Mt19937(5489);
  assert.equal(
    [random.nextInt32(), random.nextInt32(), random.nextInt32()],
    [3499211612, 581869302, 3890346734],
  );
  for (let i = 3; i < 9999; i++) random.nextInt32();
  assert.is(random.nextInt32(), 4123659995);
});

test('gives the uniform stream of numpy.random.RandomState(42)', () => {
  // NumPy 2: RandomState(42).random_sample(3)
  const random = new Mt19937(42);
  assert.equal(
    [random.uniform(), random.uniform(), random.uniform()],
    [0.3745401188473625, 0.9507143064099162, 0.7319939418114051],
  );
});

test('gives the Gaussian stream of numpy.random.RandomState(42)', () => {
  // NumPy 2: RandomState(42).standard_normal(4)
  const random = new Mt19937(42);
  const expected = [0.4967141530112327, -0.13826430117118466, 0.6476885381006925, 1.5230298564080254];
  for (const value of expected) assert.ok(Math.abs(random.gaussian() - value) < 1e-14);
});

test('draws integers below any bound, each about as often', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.integer({ min: 1, max: 0x100000000 }),
      (seed, n) => {
        const value = new Mt19937(seed).below(n);
        assert.ok(Number.isInteger(value) && value >= 0 && value < n);
      },
    ),
    { seed: 1 },
  );
  const random = new Mt19937(7);
  const counts = new Array<number>(5).fill(0);
  for (let i = 0; i < 50_000; i++) counts[random.below(5)]++;
  // Five standard deviations of a binomial count with n = 50,000 and p = 1/5.
  for (const count of counts) assert.ok(Math.abs(count - 10_000) < 5 * Math.sqrt(50_000 * 0.2 * 0.8));
});

test('refuses seeds NumPy refuses', () => {
  for (const seed of [-1, 0.5, 2 ** 32, NaN]) assert.throws(() => new Mt19937(seed), /a seed is an integer/);
});

test.run();
