import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { impossibleBValues, impossibleRate, oddRate } from '../../src/signal/b-values.ts';

const test = suite('b-values: units');

test('impossible b-values are named with the unit that they are in', () => {
  const scheme = [0, 10, 200, 800];
  const fault = (bValues: number[]) => impossibleBValues(bValues) ?? 'possible';
  assert.is(fault(scheme), 'possible');
  assert.match(fault(scheme.map((b) => b * 1e6)), 'in s/m²? Divide');
  assert.match(fault([0, 1e9]), 'in s/m²? Divide');
  assert.match(
    fault(scheme.map((b) => b / 1e6)),
    '0.0008, is impossible in s/mm²: are these in s/µm²? Multiply',
  );
  assert.is(fault([0, 0, 0]), 'possible');
  // GE's offset in all of them, in some, and in those at b=0 alone.
  for (const from of [0, 1, 3]) {
    assert.match(fault(scheme.map((b, i) => (i >= from ? b + 1e9 : b))), 'GE scanners add 1000000000');
  }
  assert.match(fault([1e9, 10, 200, 800]), 'GE scanners add 1000000000');
});

test('rates of tissue in other units are refused or noted, whether too high or too low', () => {
  assert.match(impossibleRate('D', 1.1) ?? '', 'µm²/ms');
  assert.match(impossibleRate('D', 1.1e-9) ?? '', 'm²/s? Multiply by 1,000,000');
  assert.match(impossibleRate('Dp', 4e-8) ?? '', 'm²/s? Multiply by 1,000,000');
  for (const D of [0, 2e-4, 0.003]) {
    assert.is(impossibleRate('D', D), undefined);
    assert.equal(oddRate('D', D), []);
  }
  assert.match(oddRate('D', 1.6e-6).join(), 'less than tissue has');
  assert.match(oddRate('Dp', 8e-5).join(), 'less than tissue has');
  assert.match(oddRate('D', 0.01).join(), 'more than tissue has');
});

test.run();
