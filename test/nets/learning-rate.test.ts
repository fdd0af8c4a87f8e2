import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { oneCycle } from '../../src/nets/learning-rate.ts';

const test = suite('learning rates');

test('one cycle as PyTorch draws it: a twenty-fifth of the peak, up in 30 % of the steps, down to nothing', () => {
  const rate = oneCycle(0.004, 1000);
  const near = (step: number, expected: number) => assert.ok(Math.abs(rate(step) / expected - 1) < 1e-9);
  near(0, 0.00016);
  near(150, (0.00016 + 0.004) / 2);
  near(300, 0.004);
  near(650, 0.004 * (1 + 1e-5) * 0.5);
  near(1000, 4e-8);
  for (let step = 0; step < 1000; step++) assert.ok(rate(step) < rate(step + 1) === step < 300);
});

test.run();
