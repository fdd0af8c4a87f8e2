import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { counted, oneOrMore } from '../../src/wording/counted.ts';
import { duration } from '../../src/wording/duration.ts';

const test = suite('wording: numbers and times');

test('a number goes with its noun', () => {
  assert.equal(
    [0, 1, 2].map((n) => counted(n, 'cell')),
    ['0 cells', '1 cell', '2 cells'],
  );
  assert.equal([counted(1, 'entry', 'entries'), counted(3, 'entry', 'entries')], ['1 entry', '3 entries']);
  assert.equal([oneOrMore(1, 'is', 'are'), oneOrMore(0, 'is', 'are')], ['is', 'are']);
});

test('a time is in the unit people use for it', () => {
  for (const [seconds, text] of [
    [0, '0 µs'],
    [8.46e-7, '0.85 µs'],
    [1.23e-5, '12 µs'],
    [1.54e-3, '1.5 ms'],
    [1.237e-4, '124 µs'],
    [9.96e-5, '99.6 µs'],
    [9.996e-4, '1 ms'],
    [0.2, '200 ms'],
    [0.9996, '1 s'],
    [1.54, '1.5 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min 0 s'],
    [61, '1 min 1 s'],
    [3599, '59 min 59 s'],
    [3599.6, '1 h 0 min'],
    [7320, '2 h 2 min'],
  ] as const) {
    assert.is(duration(seconds), text);
  }
});

test.run();
