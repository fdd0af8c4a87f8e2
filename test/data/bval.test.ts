import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { formatBval, parseBval, readBval } from '../../src/data/bval.ts';
import { decodeText } from '../../src/data/read-text.ts';
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

test('what is 0 but for rounding is 0, of either sign', () => {
  assert.equal(parseBval('-1e-12 4.99e-13 0.009 0.01 10', 'x'), Float64Array.of(0, 0, 0, 0.01, 10));
});

test('decimal commas, UTF-16, NUL and printed lists are read or named as what they are', async () => {
  assert.equal(parseBval('0;10;1000', 'x'), Float64Array.of(0, 10, 1000));
  assert.equal(parseBval('0,10,1000', 'x'), Float64Array.of(0, 10, 1000));
  await refused(() => parseBval('0,0 10,0', 'x'), "'0,0' has a decimal comma", '0.0');
  await refused(() => parseBval('0,0\n10,5\n', 'x'), 'decimal comma');
  await refused(() => parseBval('0,0;10,5', 'x'), 'decimal comma');
  await refused(() => parseBval('[np.float64(0.0), 10]', 'x'), 'Python prints');
  const utf16 = Buffer.from('\uFEFF0 10 1000', 'utf16le');
  assert.is(decodeText(utf16, 'x'), '0 10 1000');
  assert.is(decodeText(Buffer.from(utf16).swap16(), 'x'), '0 10 1000');
  await refused(() => decodeText(utf16.subarray(2), 'x'), 'UTF-16 without a byte order mark');
  await refused(() => decodeText(Buffer.from('0 10\n1000\0'), 'x'), 'x:2', 'NUL');
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 1 }), (list) => {
      const bValues = Float64Array.from(list, (b) => (b < 0.01 ? 0 : b));
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
