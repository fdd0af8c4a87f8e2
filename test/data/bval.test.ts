import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { formatBval, parseBval, readBval } from '../../src/data/bval.ts';
import { refused } from './refused.ts';

const test = suite('bval');

test('a row, a column, tabs, Windows line breaks, exponents and a byte order mark are all read', () => {
  const expected = Float64Array.of(0, 10, 1000);
  for (const text of [
    '0 10 1000\n',
    '0\n10\n1000',
    '0\t10\r\n1e3\r\n',
    '\uFEFF0 10\n1000\n\n',
    ' 0,10, 1000 ',
  ]) {
    assert.equal(parseBval(text, 'x.bval'), expected);
  }
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 1 }), (list) => {
      const bValues = Float64Array.from(list, (b) => b + 0);
      assert.equal(parseBval(formatBval(bValues), 'x'), bValues);
    }),
    { seed: 5 },
  );
});

test('what is no b-value is refused with its line', async () => {
  await refused(() => parseBval('0 10\n20 abc\n', 's.bval'), 's.bval:2', "'abc'");
  await refused(() => parseBval('0 10 nan', 's.bval'), 's.bval:1', "'nan'");
  await refused(() => parseBval('0 10 inf', 's.bval'), "'inf'");
  await refused(() => parseBval('0.5 -0.7 0.1', 's.bval'), '-0.7', '.bvec');
  await refused(() => parseBval(' \n\n', 's.bval'), 's.bval holds no b-values');
  await refused(() => readBval('/nowhere/s.bval'), '/nowhere/s.bval', 'no such file');
});

test.run();
