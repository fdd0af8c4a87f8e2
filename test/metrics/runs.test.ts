import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Parameters, Signals } from '../../src/contracts/voxels.ts';
import { byLoss } from '../../src/metrics/runs/by-loss.ts';
import {
  geometricMeanOverRuns,
  meanOverRuns,
  medianOverRuns,
  ratioOfMedians,
} from '../../src/metrics/runs/over-runs.ts';
import { median, shareOutside, spreadRatio } from '../../src/metrics/runs/summaries.ts';
import { binsAround, histogram } from '../../src/metrics/runs/histogram.ts';
import { networkCv } from '../../src/metrics/runs/network-cv.ts';
import { rankCorrelation, rankCorrelations } from '../../src/metrics/runs/rank-correlation.ts';
import { signalResidual } from '../../src/metrics/runs/signal-residual.ts';

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

test('intervals of medians hold the value, lie within the runs, and shrink to a point where runs are alike', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 5, maxLength: 30 }),
      (runs) => {
        const { value, ciLow, ciHigh } = medianOverRuns(runs);
        assert.is(value, median(runs));
        assert.ok(
          Math.min(...runs) <= ciLow && ciLow <= value && value <= ciHigh && ciHigh <= Math.max(...runs),
        );
      },
    ),
  );
  assert.equal(medianOverRuns([2, 2]), { value: 2, ciLow: 2, ciHigh: 2 });
  assert.equal(ratioOfMedians([2, 2], [4, 4, 4]), { value: 0.5, ciLow: 0.5, ciHigh: 0.5 });
});

test('the interval of a median of ten, and none of four', () => {
  // 97.85 % between the 2nd and 9th, 89.06 % between the 3rd and 8th: Hettmansperger and Sheather's interpolation.
  const ten = Array.from({ length: 10 }, (_, i) => 10 * (i + 1));
  const [outer, inner] = [1 - 22 / 1024, 1 - 112 / 1024];
  const share = (outer - 0.95) / (outer - inner);
  const part = (8 * share) / (2 + 6 * share);
  const { ciLow, ciHigh } = medianOverRuns(ten);
  assert.ok(Math.abs(ciLow - (20 + 10 * part)) < 1e-9 && Math.abs(ciHigh - (90 - 10 * part)) < 1e-9);
  assert.ok(Number.isNaN(medianOverRuns([1, 2, 3, 4]).ciLow));
  const five = medianOverRuns([3, 1, NaN, 2, 5, 4]);
  assert.equal(five, { value: 3, ciLow: 1, ciHigh: 5 });
});

test("means have Student's interval, of logarithms where they are geometric", () => {
  // SciPy: t.interval(0.95, 4, mean(x), sem(x))
  const { value, ciLow, ciHigh } = meanOverRuns([2, 3, 5, 7, 11]);
  assert.ok(Math.abs(value - 5.6) < 1e-12);
  assert.ok(Math.abs(ciLow - 1.1576878316835) < 1e-9 && Math.abs(ciHigh - 10.0423121683165) < 1e-9);
  const geometric = geometricMeanOverRuns([2, 3, 5, 7, 11].map(Math.exp));
  assert.ok(Math.abs(Math.log(geometric.ciLow) - ciLow) < 1e-9);
  assert.ok(Number.isNaN(meanOverRuns([1]).ciLow));
});

test('the ratio of two medians lies between ratios of their limits', () => {
  const [a, b] = [
    [1, 2, 3, 4, 5, 6, 7],
    [2, 3, 4, 5, 6, 7, 9],
  ];
  const [own, other, ratio] = [medianOverRuns(a), medianOverRuns(b), ratioOfMedians(a, b)];
  assert.is(ratio.value, own.value / other.value);
  assert.ok(ratio.ciLow > own.ciLow / other.ciHigh && ratio.ciLow < ratio.value);
  assert.ok(ratio.ciHigh < own.ciHigh / other.ciLow && ratio.ciHigh > ratio.value);
});

test('rank correlation as worked by hand, ties taking the mean of their ranks', () => {
  // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 / sqrt(4.5 x 5).
  assert.ok(Math.abs(rankCorrelation([1, 2, 2, 3], [1, 3, 2, 4]) - 4.5 / Math.sqrt(22.5)) < 1e-15);
  assert.is(rankCorrelation([1, 5, 9, NaN], [10, 6, 2, 0]), -1);
  assert.ok(Number.isNaN(rankCorrelation([1, 1, 1], [1, 2, 3])));
  const lists = [
    [3, 1, 2, 2],
    [1, 4, 2, 3],
    [NaN, 1, 5, 2],
    [1, 1, 1, 1],
  ];
  const between = rankCorrelations(lists);
  for (const [i, one] of lists.entries())
    for (const [j, other] of lists.entries())
      assert.ok(Object.is(between(i, j), rankCorrelation(one, other)));
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
  const { value, ciLow, ciHigh } = networkCv(estimates, Float64Array.of(3, 5));
  assert.ok(Math.abs(value - Math.sqrt(5) / 4) < 1e-15);
  // Without one of the two there is no difference left.
  assert.ok(Number.isNaN(ciLow) && Number.isNaN(ciHigh));
  const three = networkCv([...estimates, Float64Array.of(3, 3)], Float64Array.of(3, 5));
  assert.ok(three.ciLow < three.value && three.value < three.ciHigh);
});

test('CV_NET leaves out voxels that any network failed on, and is 0 for networks that agree', () => {
  const failed = networkCv(
    [Float64Array.of(2, 8, NaN), Float64Array.of(4, 2, 7)],
    Float64Array.of(3, 5, 100),
  );
  assert.ok(Math.abs(failed.value - Math.sqrt(5) / 4) < 1e-15);
  const same = Float64Array.of(0.1, 0.2, 0.3);
  assert.equal(networkCv([same, same, same], same), { value: 0, ciLow: 0, ciHigh: 0 });
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
  assert.ok(Math.abs(geometricMeanOverRuns([0.5, 2, 8]).value - 2) < 1e-12);
});

test.run();
