import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OneDecay } from '../../src/solvers/one-decay.ts';

const test = suite('solvers/one-decay');

test('finds a decay without noise', () => {
  const b = Float64Array.of(300, 500, 1000);
  const solver = new OneDecay(b, [0, 1]);
  for (const rate of [1e-5, 1e-3, 7e-3]) {
    solver.solve(
      b.map((b) => 0.7 * Math.exp(-b * rate)),
      0,
      1,
    );
    assert.ok(Math.abs(solver.rate / rate - 1) < 1e-8, `${solver.rate}`);
    assert.ok(Math.abs(solver.amplitude / 0.7 - 1) < 1e-8, `${solver.amplitude}`);
  }
});

const problems = fc.record({
  b: fc.constantFrom([10, 20, 60, 150, 300, 500, 1000], [300, 500, 1000], [300, 1000], [7, 13.5, 211, 997]),
  bounds: fc.constantFrom<[number, number]>([0, 1], [0, 0.005], [0.005, 0.2], [0, 3]),
  amplitude: fc.constantFrom<[number, number]>([0, 1], [0.3, 0.3], [1, 1], [0.4, 0.95]),
  y: fc.array(fc.double({ min: -0.3, max: 1.2, noNaN: true }), { minLength: 7, maxLength: 7 }),
  from: fc.constantFrom(0, 0.2, 0.7),
});

test('is not above a fine grid, and within its bounds', () => {
  fc.assert(
    fc.property(problems, ({ b, bounds: [low, high], amplitude: [least, most], y, from }) => {
      const start = low + from * (high - low);
      const solver = new OneDecay(Float64Array.from(b), [low, high]);
      solver.solve(
        Float64Array.from(b, (_, k) => y[k]),
        least,
        most,
        start,
      );
      assert.ok(solver.rate >= start && solver.rate <= high, `rate ${solver.rate}`);
      assert.ok(solver.amplitude >= least && solver.amplitude <= most, `amplitude ${solver.amplitude}`);
      const sse = (a: number, rate: number) =>
        b.reduce((sum, b, k) => sum + (a * Math.exp(-b * rate) - y[k]) ** 2, 0);
      assert.ok(Math.abs(sse(solver.amplitude, solver.rate) - solver.sse) < 1e-10, 'says what it found');
      for (let node = 0; node <= 2000; node++) {
        const rate = node === 0 ? start : high * 1e-6 ** (1 - node / 2000);
        if (rate < start) continue;
        let dot = 0;
        let square = 0;
        b.forEach((b, k) => {
          dot += y[k] * Math.exp(-b * rate);
          square += Math.exp(-b * rate) ** 2;
        });
        const a = square > 0 ? Math.min(most, Math.max(least, dot / square)) : least;
        assert.ok(
          solver.sse <= sse(a, rate) * (1 + 1e-6) + 1e-8,
          `${solver.sse} above ${sse(a, rate)} at ${rate}`,
        );
      }
    }),
    { seed: 4, numRuns: 300 },
  );
});

test.run();
