import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  boundsSchema,
  organBounds,
  ORGANS,
  OSIPI_START,
  scaledBoundsSchema,
  startInside,
  WIDE_BOUNDS,
} from '../../src/solvers/bounds.ts';

const test = suite('solvers/bounds');

test('an organ stands for its bounds in YAML, and they for themselves when read again', () => {
  const parsed = scaledBoundsSchema.parse('liver');
  assert.equal(parsed, organBounds('liver'));
  assert.equal(scaledBoundsSchema.parse(JSON.parse(JSON.stringify(parsed))), parsed);
  // A third of 1.00, three times 1.5 10⁻³ mm²/s.
  assert.ok(Math.abs(parsed.D[0] - 1e-3 / 3) < 1e-18 && Math.abs(parsed.D[1] - 4.5e-3) < 1e-18);
});

test('every organ leaves room for Dp above D, and for a start', () => {
  for (const organ of ORGANS) {
    const bounds = organBounds(organ);
    assert.ok(bounds.D[0] < bounds.Dp[1], organ);
    const start = startInside(bounds);
    for (const name of ['S0', 'D', 'f', 'Dp'] as const) {
      assert.ok(bounds[name][0] <= start[name] && start[name] <= bounds[name][1], `${organ}: ${name}`);
    }
  }
  assert.equal(startInside(WIDE_BOUNDS), OSIPI_START);
});

test('where S0 is known, a word stands for the same bounds without those of S0', () => {
  for (const word of ['broad', ...ORGANS]) {
    const { D, f, Dp } = scaledBoundsSchema.parse(word);
    assert.equal(boundsSchema.parse(word), { D, f, Dp });
  }
});

test('refuses an organ nobody has measured', () => {
  assert.not(scaledBoundsSchema.safeParse('heartwood').success);
});

test.run();
