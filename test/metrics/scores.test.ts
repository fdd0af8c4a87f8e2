import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ErrorSample } from '../../src/contracts/metric.ts';
import { againstTruth } from '../../src/metrics/intervals/reported-distribution.ts';
import { everyMetric } from './every-metric.ts';

const test = suite('metrics: scores of reported distributions');
const metrics = await everyMetric();
const SCORES = [
  ...[-1.959963984540054, -1.2815515655446004, -0.6744897501960817, 0],
  ...[0.6744897501960817, 1.2815515655446004, 1.959963984540054],
];

const normal = (truth: number, mean: number, sd: number): ErrorSample => ({
  parameter: 'D',
  truth: Float64Array.of(truth),
  estimate: Float64Array.of(mean),
  sd: Float64Array.of(sd),
});
const withQuantiles = (truth: number, quantiles: readonly number[]): ErrorSample => ({
  parameter: 'D',
  truth: Float64Array.of(truth),
  estimate: Float64Array.of(quantiles[3]),
  quantiles: Float64Array.from(quantiles),
});
const crps = (sample: ErrorSample) => againstTruth(sample).crps[0];
const near = (value: number, known: number, within = 1e-12) =>
  assert.ok(Math.abs(value - known) <= within * Math.max(1, Math.abs(known)), `${value} is not ${known}`);

test('the score of a normal distribution: (√2 - 1) / √π at its mean, the distance far away, none of a width of 0', () => {
  near(crps(normal(0, 0, 1)), (Math.SQRT2 - 1) / Math.sqrt(Math.PI));
  // sd (z (2 Phi(z) - 1) + 2 phi(z) - 1 / √π) at z = 1/2, with the error function of Python.
  near(crps(normal(1, 0, 2)), 0.6628070625097118);
  near(crps(normal(50, 0, 1)), 50 - 1 / Math.sqrt(Math.PI));
  near(crps(normal(-50, 0, 1)), 50 - 1 / Math.sqrt(Math.PI));
  assert.is(crps(normal(3, 1, 0)), 2);
  assert.ok(Number.isNaN(crps(normal(1, NaN, 1))) && Number.isNaN(crps(normal(1, 0, NaN))));
});

test('quantiles of a normal distribution have its score and its rank', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -4, max: 4, noNaN: true }),
      fc.double({ min: 0.1, max: 5, noNaN: true }),
      (z, sd) => {
        const sample = withQuantiles(
          1 + sd * z,
          SCORES.map((score) => 1 + sd * score),
        );
        near(crps(sample), crps(normal(1 + sd * z, 1, sd)), 1e-9);
        near(againstTruth(sample).score[0], z, 1e-9);
      },
    ),
    { seed: 4, numRuns: 200 },
  );
});

test('skewed quantiles have the integral of the squared difference to the step at the truth', () => {
  const quantiles = [0.1, 0.2, 0.5, 0.6, 1.1, 1.9, 4];
  // F by its own definition: the share of normal scores whose quantile, linear between levels, is below x.
  const quantileAt = (z: number) => {
    const found = SCORES.findIndex((score) => z < score);
    const k = found === -1 ? 5 : Math.max(0, found - 1);
    return quantiles[k] + ((quantiles[k + 1] - quantiles[k]) * (z - SCORES[k])) / (SCORES[k + 1] - SCORES[k]);
  };
  // E|X - y| - E|X - X'| / 2 (Gneiting and Raftery 2007, eq. 21) over 20,000 equal shares of the distribution.
  const draws: number[] = [];
  const step = 0.0005;
  const weights: number[] = [];
  for (let z = -7; z < 7; z += step) {
    draws.push(quantileAt(z + step / 2));
    weights.push((step * Math.exp(-0.5 * (z + step / 2) ** 2)) / Math.sqrt(2 * Math.PI));
  }
  let pairs = 0;
  let below = 0;
  let mean = 0;
  draws.forEach((x, k) => {
    pairs += 2 * weights[k] * (x * below - mean);
    below += weights[k];
    mean += weights[k] * x;
  });
  for (const truth of [-1, 0.15, 0.55, 0.9, 3, 6]) {
    const distance = draws.reduce((sum, x, k) => sum + weights[k] * Math.abs(x - truth), 0);
    near(crps(withQuantiles(truth, quantiles)), distance - pairs / 2, 1e-5);
  }
});

test('the interval score is the width, plus 40 times the distance outside', () => {
  const score = metrics.get('interval_score95')!;
  const quantiles = [1, 2, 3, 4, 5, 6, 9];
  near(score.over(withQuantiles(4, quantiles))(null), 8);
  near(score.over(withQuantiles(9.5, quantiles))(null), 8 + 40 * 0.5);
  near(score.over(withQuantiles(0, quantiles))(null), 8 + 40);
});

test('ranks are shares of one, and those within the outermost are the coverage', () => {
  const truth = Float64Array.from({ length: 500 }, (_, i) => Math.sin(i * i));
  const sample: ErrorSample = {
    parameter: 'D',
    truth,
    estimate: truth.map((_, i) => 0.3 * Math.cos(7 * i)),
    sd: truth.map((_, i) => (i % 9 === 0 ? NaN : 0.4)),
  };
  const value = (name: string) => metrics.get(name)!.over(sample)(null);
  const shares = [1, 2, 3, 4, 5, 6, 7, 8].map((bin) => value(`rank_share${bin}`));
  near(
    shares.reduce((sum, share) => sum + share),
    1,
  );
  near(1 - shares[0] - shares[7], value('coverage95'));
  near(shares[3] + shares[4], value('coverage50'));
});

test.run();
