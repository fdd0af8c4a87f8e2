import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { accuracy } from '../../src/image-metrics/accuracy.ts';
import { brier } from '../../src/image-metrics/brier.ts';
import { confusion } from '../../src/image-metrics/confusion.ts';
import { ece } from '../../src/image-metrics/ece.ts';
import { reliabilityBins } from '../../src/image-metrics/reliability.ts';
import { sensitivity } from '../../src/image-metrics/sensitivity.ts';
import { specificity } from '../../src/image-metrics/specificity.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';

const test = suite('accuracy and calibration');

const near = (value: number, wanted: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(value - wanted) <= tolerance, `${value}, not ${wanted}`);

const example = {
  scores: [0.1, 0.4, 0.35, 0.8, 0.65, 0.9, 0.2, 0.35],
  positive: [0, 0, 1, 1, 0, 1, 0, 0],
};

test('counts of a small example, and the shares they make', () => {
  const counts = confusion(example);
  assert.equal(counts, { truePositive: 2, falseNegative: 1, falsePositive: 1, trueNegative: 4 });
  near(accuracy(counts).value, 6 / 8);
  near(sensitivity(counts).value, 2 / 3);
  near(specificity(counts).value, 4 / 5);
  assert.equal([accuracy(counts).n, sensitivity(counts).n, specificity(counts).n], [8, 3, 5]);
  // A case at the threshold counts as positive.
  assert.is(confusion(example, 0.35).truePositive, 3);
  // scikit-learn 1.7, brier_score_loss.
  near(brier(example).value, 0.1534375);
});

test('a class without cases leaves its share undefined, and says so', () => {
  const counts = confusion({ scores: [0.2, 0.7], positive: [0, 0] });
  assert.ok(Number.isNaN(sensitivity(counts).value));
  assert.is(sensitivity(counts).note, 'there are no positive cases');
  assert.is(specificity(counts).value, 0.5);
  assert.ok(Number.isNaN(accuracy(confusion({ scores: [], positive: [] })).value));
  assert.match(brier({ scores: [], positive: [] }).note!, 'no cases');
  assert.match(ece({ scores: [NaN], positive: [1] }).note!, 'NaN');
  assert.throws(() => brier({ scores: [1.2], positive: [1] }), /from 0 to 1.*case 0 is 1.2/);
  assert.throws(() => confusion({ scores: [NaN, 0.5], positive: [1, 0] }), /1 of 2 scores are NaN/);
});

test('bins of a reliability diagram, and the calibration error they make', () => {
  const cases = { scores: [0, 0.04, 0.1, 0.19, 1, 0.95], positive: [0, 1, 0, 0, 1, 1] };
  const bins = reliabilityBins(cases);
  assert.is(bins.length, 10);
  // 0.1 belongs to the bin that starts there, 1 to the last.
  assert.equal(
    bins.map(({ n }) => n),
    [2, 2, 0, 0, 0, 0, 0, 0, 0, 2],
  );
  near(bins[0].predicted, 0.02);
  near(bins[0].observed, 0.5);
  assert.ok(Number.isNaN(bins[3].observed) && Number.isNaN(bins[3].low));
  near(ece(cases).value, (2 * 0.48 + 2 * 0.145 + 2 * 0.025) / 6);
  near(ece(cases, { bins: 1 }).value, Math.abs(3 / 6 - 2.28 / 6));
});

test('invariants of classification statistics over random cases', () => {
  const probabilities = fc.array(
    fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), y: fc.integer({ min: 0, max: 1 }) }),
    { minLength: 2, maxLength: 40 },
  );
  fc.assert(
    fc.property(probabilities, (rows) => {
      const cases = { scores: rows.map(({ p }) => p), positive: rows.map(({ y }) => y) };
      const n = rows.length;
      const counts = confusion(cases);
      assert.is(
        Object.values(counts).reduce((sum: number, count: number) => sum + count, 0),
        n,
      );
      const [error, score] = [ece(cases, { resamples: 50 }), brier(cases)];
      for (const { value, low, high } of [error, score, accuracy(counts)]) {
        assert.ok(
          0 <= low && low <= value + 1e-12 && value <= high + 1e-12 && high <= 1,
          `${low} ${value} ${high}`,
        );
      }
      // Cauchy and Schwarz: within a bin the squared mean gap is at most the mean squared one.
      assert.ok(error.value ** 2 <= score.value + 1e-12);
      // Bins that are joined can only cancel.
      assert.ok(ece(cases, { bins: 5, resamples: 1 }).value <= error.value + 1e-12);
      const hits = reliabilityBins(cases).reduce(
        (sum, bin) => sum + (bin.n > 0 ? bin.n * bin.observed : 0),
        0,
      );
      near(
        hits,
        cases.positive.reduce((sum, one) => sum + one, 0),
        1e-9,
      );
    }),
  );
});

test('a classifier that is calibrated by construction has a calibration error near 0, and an interval that nearly touches it', () => {
  const random = new Mt19937(14);
  const scores = Float64Array.from({ length: 20_000 }, () => random.uniform());
  const positive = Uint8Array.from(scores, (p) => Number(random.uniform() < p));
  const { value, low } = ece({ scores, positive }, { resamples: 200 });
  // The sum over ten bins of E|N(0, sigma)|: sqrt(2/pi) sqrt(mean of p (1 - p) / 2000) on average.
  const expected = Math.sqrt(2 / Math.PI) * Math.sqrt(1 / 6 / 2000);
  assert.ok(value < 2 * expected, `${value}`);
  assert.ok(low < expected / 2, `${low}`);
  // The mean of p (1 - p) for p uniform.
  const { value: score, low: from, high: to } = brier({ scores, positive });
  assert.ok(from < 1 / 6 && 1 / 6 < to, `${from} ${score} ${to}`);
});

test.run();
