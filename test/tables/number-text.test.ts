import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decimalText, numberText, roundedText } from '../../src/tables/reading/number-text.ts';

const test = suite('numbers for people');

test('keeps significant digits, trailing zeros included', () => {
  assert.is(numberText(0.01999, 3), '0.0200');
  assert.is(numberText(33.333333, 3), '33.3');
  assert.is(numberText(-0.0512, 2), '−0.051');
});

test('leaves whole numbers whole, but rounds those that were measured', () => {
  assert.is(numberText(20, 3), '20');
  assert.is(roundedText(95, 3), '95.0');
});

test('groups the digits of large numbers with commas, four digits aside', () => {
  assert.is(roundedText(5_000_000, 3), '5,000,000');
  assert.is(roundedText(10526.3, 3), '10,526');
  assert.is(roundedText(1083.2, 3), '1083');
  assert.is(numberText(1000, 3), '1000');
  assert.is(numberText(-100_000, 3), '−100,000');
});

test('uses powers of ten where zeros would hide the digits', () => {
  assert.is(numberText(0.00000012345, 3), '1.23 × 10⁻⁷');
  assert.is(numberText(-1.1e-14, 2), '−1.1 × 10⁻¹⁴');
});

test('has a sign for what is not finite', () => {
  assert.is(numberText(Infinity, 3), '∞');
  assert.is(numberText(-Infinity, 3), '−∞');
  assert.is(roundedText(0, 3), '0');
});

test('rounds to decimals, zero without a sign', () => {
  assert.is(decimalText(-0.0038, 2), '0.00');
  assert.is(decimalText(-1.005, 1), '−1.0');
  assert.is(decimalText(0.567, 2), '0.57');
});

test.run();
