import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Parameters, Signals } from '../../src/contracts/voxels.ts';
import { bootstrapRuns } from '../../src/metrics/runs/bootstrap-runs.ts';
import { median } from '../../src/metrics/runs/median.ts';
import { signalResidual } from '../../src/metrics/runs/signal-residual.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';

const test = suite('metrics: repeated runs');

function set(bValues: number[], rows: number[][]): Signals {
  return {
    bValues: Float64Array.from(bValues),
    n: rows.length,
    values: Float64Array.from(rows.flat()),
    scale: new Float64Array(rows.length).fill(1),
  };
}
const tissue = (rows: [number, number, number][]): Parameters => ({
  n: rows.length,
  D: Float64Array.from(rows, ([D]) => D),
  f: Float64Array.from(rows, ([, f]) => f),
  Dp: Float64Array.from(rows, ([, , Dp]) => Dp),
});

test('the residual of a decay is that of its signals, b = 0 aside', () => {
  // exp(-1) and exp(-2) for a tissue of one compartment; off by 0.1 at b = 1000 and by 0.2 at b = 2000.
  const signals = set([0, 1000, 2000], [[1, Math.exp(-1) + 0.1, Math.exp(-2) - 0.2]]);
  const residual = signalResidual(signals, tissue([[0.001, 0, 0.05]]));
  assert.ok(Math.abs(residual - (0.01 + 0.04) / 2) < 1e-15);
});

test('the residual leaves failed voxels out, and is not a number where all failed', () => {
  const row = [1, 0.5];
  const one = signalResidual(set([0, 1000], [row]), tissue([[0.001, 0.2, 0.05]]));
  const failed: [number, number, number] = [NaN, NaN, NaN];
  assert.is(signalResidual(set([0, 1000], [row, row]), tissue([failed, [0.001, 0.2, 0.05]])), one);
  assert.ok(Number.isNaN(signalResidual(set([0, 1000], [row]), tissue([failed]))));
});

test('the median is the middle value, or the mean of the middle two', () => {
  assert.is(median([3, 1, 2]), 2);
  assert.is(median([4, NaN, 1, 3, 2]), 2.5);
  assert.ok(Number.isNaN(median([])));
});

test('intervals hold the value, and widen to a point where runs are alike', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 2, maxLength: 12 }),
      (runs) => {
        const { value, ciLow, ciHigh } = bootstrapRuns([runs], ([own]) => median(own), {
          resamples: 200,
          seed: 3,
        });
        assert.is(value, median(runs));
        assert.ok(Math.min(...runs) <= ciLow && ciLow <= ciHigh && ciHigh <= Math.max(...runs));
      },
    ),
  );
  const alike = bootstrapRuns(
    [
      [2, 2],
      [4, 4, 4],
    ],
    ([a, b]) => median(a) / median(b),
    { resamples: 50, seed: 1 },
  );
  assert.equal(alike, { value: 0.5, ciLow: 0.5, ciHigh: 0.5 });
});

test('intervals of a mean over ten runs cover it in nearly 95 of 100 samples', () => {
  const mean = ([runs]: readonly (readonly number[])[]) =>
    runs.reduce((sum, run) => sum + run, 0) / runs.length;
  let covered = 0;
  for (let sample = 0; sample < 400; sample++) {
    const random = new Mt19937(sample);
    const runs = Array.from({ length: 10 }, () => random.gaussian());
    const { ciLow, ciHigh } = bootstrapRuns([runs], mean, { resamples: 300, seed: 1000 + sample });
    covered += Number(ciLow <= 0 && 0 <= ciHigh);
  }
  // Percentile intervals of ten values are somewhat short: about 90 %.
  assert.ok(covered > 0.85 * 400 && covered < 0.97 * 400, String(covered));
});

test('groups of the same size are drawn each by itself', () => {
  const runs = [1, 2, 3, 4, 5];
  const { ciLow, ciHigh } = bootstrapRuns([runs, runs], ([a, b]) => median(a) - median(b), {
    resamples: 300,
    seed: 5,
  });
  assert.ok(ciLow < 0 && ciHigh > 0);
});

test.run();
