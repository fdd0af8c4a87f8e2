import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { didYouMean, nearestNames } from '../../src/plugins/nearest-name.ts';

const test = suite('nearest-name');

test('finds what was meant', () => {
  const names = ['ls', 'ls-global', 'segmented', 'map', 'dnn', 'mmse'];
  assert.equal(nearestNames('ls-globl', names), ['ls-global']);
  assert.equal(nearestNames('Segmented', names), ['segmented']);
  assert.equal(nearestNames('mmes', names)[0], 'mmse', 'two neighbours swapped are one edit');
  assert.equal(nearestNames('tensorflow', names), []);
  assert.is(didYouMean('dn', names), '; did you mean dnn?');
  assert.is(didYouMean('tensorflow', names), '');
});

test('known distances: what is near enough to be offered', () => {
  // Levenshtein's textbook pair: kitten to sitting is 3 edits, one more than a third of 7 letters.
  assert.equal(nearestNames('kitten', ['sitting']), []);
  assert.equal(nearestNames('kitten', ['sitten']), ['sitten']);
  assert.equal(nearestNames('voxals', ['voxels', 'S0', 'noise']), ['voxels']);
});

test('a word with one letter changed, dropped, doubled or swapped is found, and a right word comes first', () => {
  const word = fc.stringMatching(/^[a-z]{4,12}$/);
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 8 }), fc.nat(), fc.nat(3), (right, others, at, kind) => {
      const i = at % (right.length - 1);
      const wrong = [
        right.slice(0, i) + '_' + right.slice(i + 1),
        right.slice(0, i) + right.slice(i + 1),
        right.slice(0, i) + right[i] + right.slice(i),
        right.slice(0, i) + right[i + 1] + right[i] + right.slice(i + 2),
      ][kind];
      const found = nearestNames(wrong, [right]);
      assert.equal(found, [right]);
      assert.is(nearestNames(right, [...others, right])[0], right);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test.run();
