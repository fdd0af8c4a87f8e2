import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Parameters, Signals } from '../../src/contracts/voxels.ts';
import { bootstrapRuns } from '../../src/metrics/runs/bootstrap-runs.ts';
import { byLoss } from '../../src/metrics/runs/by-loss.ts';
import { geometricMean, median, shareOutside, spreadRatio } from '../../src/metrics/runs/summaries.ts';
import { binsAround, histogram } from '../../src/metrics/runs/histogram.ts';
import { networkCv } from '../../src/metrics/runs/network-cv.ts';
import { rankCorrelation } from '../../src/metrics/runs/rank-correlation.ts';
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

test('rank correlation as worked by hand, ties taking the mean of their ranks', () => {
  // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 / sqrt(4.5 x 5).
  assert.ok(Math.abs(rankCorrelation([1, 2, 2, 3], [1, 3, 2, 4]) - 4.5 / Math.sqrt(22.5)) < 1e-15);
  assert.is(rankCorrelation([1, 5, 9, NaN], [10, 6, 2, 0]), -1);
  assert.ok(Number.isNaN(rankCorrelation([1, 1, 1], [1, 2, 3])));
});

test('rank correlation does not change under increasing functions', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })), {
    minLength: 3,
  });
  fc.assert(
    fc.property(pairs, (list) => {
      const [x, y] = [list.map(([a]) => a), list.map(([, b]) => b)];
      const rho = rankCorrelation(x, y);
      assert.ok(Number.isNaN(rho) || (rho >= -1 - 1e-12 && rho <= 1 + 1e-12));
      assert.ok(
        Object.is(
          rankCorrelation(
            x.map((a) => Math.exp(a)),
            y.map((b) => b ** 3),
          ),
          rho,
        ),
      );
    }),
  );
});

test('CV_NET of two networks and two voxels, by hand', () => {
  // Standard deviations over networks 1 and 3 about the means 3 and 5: sqrt((1 + 9) / 2) / 4.
  const estimates = [Float64Array.of(2, 8), Float64Array.of(4, 2)];
  const { value, ciLow, ciHigh } = networkCv(estimates, Float64Array.of(3, 5), { resamples: 100, seed: 1 });
  assert.ok(Math.abs(value - Math.sqrt(5) / 4) < 1e-15);
  // Drawing the same network twice leaves no difference.
  assert.is(ciLow, 0);
  assert.ok(ciHigh <= value + 1e-12);
});

test('CV_NET leaves out voxels that any network failed on, and is 0 for networks that agree', () => {
  const bootstrap = { resamples: 20, seed: 1 };
  const failed = networkCv(
    [Float64Array.of(2, 8, NaN), Float64Array.of(4, 2, 7)],
    Float64Array.of(3, 5, 100),
    bootstrap,
  );
  assert.ok(Math.abs(failed.value - Math.sqrt(5) / 4) < 1e-15);
  const same = Float64Array.of(0.1, 0.2, 0.3);
  assert.equal(networkCv([same, same, same], same, bootstrap), { value: 0, ciLow: 0, ciHigh: 0 });
});

test('a histogram has the share of values in each bin over its width', () => {
  const { density, outside } = histogram(Float64Array.of(0, 0.5, 1, 1.9, 2, 5, NaN, -1), [0, 1, 2, 3]);
  assert.equal(density, [2 / 7, 2 / 7, 1 / 7]);
  assert.ok(Math.abs(outside - 2 / 7) < 1e-15);
});

test('bins go half the range beyond either end, and not below 0', () => {
  assert.equal(binsAround([4, 8], 4), [2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.equal(binsAround([1, 5], 4), [0, 1, 2, 3, 4, 5, 6, 7]);
});

test('the best, the middle and the worst by loss are networks there are', () => {
  const runs = [{ loss: 3 }, { loss: 1 }, { loss: NaN }, { loss: 4 }, { loss: 2 }];
  assert.equal(
    [byLoss(runs, 'best'), byLoss(runs, 'median'), byLoss(runs, 'worst')],
    [runs[1], runs[4], runs[3]],
  );
  assert.is(byLoss([{ loss: NaN }], 'best'), undefined);
});

test('spread against the truth, share beyond a range, mean of ratios', () => {
  const truth = Float64Array.of(1, 2, 3, 4);
  assert.ok(
    Math.abs(
      spreadRatio(
        truth.map((value) => 0.5 * value + 7),
        truth,
      ) - 0.5,
    ) < 1e-12,
  );
  assert.is(shareOutside(Float64Array.of(0, 1, 2, 3, NaN), [1, 2.5]), 0.5);
  assert.ok(Math.abs(geometricMean([0.5, 2, 8]) - 2) < 1e-12);
});

test.run();
