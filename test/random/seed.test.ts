import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { deriveSeed } from '../../src/random/seed.ts';

const test = suite('random/seed');

test('is the same for the same names and differs for every other', () => {
  const seen = new Map<number, string>();
  for (const purpose of ['noise', 'weights', 'shuffle', 'bootstrap']) {
    for (let snr = 1; snr <= 500; snr++) {
      const name = `${purpose} ${snr}`;
      const seed = deriveSeed(2020, purpose, snr);
      assert.is(deriveSeed(2020, purpose, snr), seed);
      assert.not(seen.has(seed), `${name} and ${seen.get(seed)} share a seed`);
      seen.set(seed, name);
    }
  }
});

test('separates the root seed, the order of axes and numbers from their text', () => {
  assert.is.not(deriveSeed(1, 'a', 'b'), deriveSeed(2, 'a', 'b'));
  assert.is.not(deriveSeed(1, 'a', 'b'), deriveSeed(1, 'b', 'a'));
  assert.is.not(deriveSeed(1, 'ab'), deriveSeed(1, 'a', 'b'));
  assert.is.not(deriveSeed(1, 20), deriveSeed(1, '20'));
});

test('hashes as MurmurHash3 (x86, 32 bit) does', () => {
  // Python package mmh3 5: mmh3.hash('["noise","snr",20]', 2020, signed=False)
  assert.is(deriveSeed(2020, 'noise', 'snr', 20), 1750154245);
});

test.run();
