import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  betweenSubjectCv,
  repeatabilityCoefficient,
  withinSubjectCv,
  withinSubjectSd,
} from '../../src/agreement/variation.ts';
import { blandAltman } from '../../src/agreement/bland-altman.ts';
import { correlation, slopeOnTruth } from '../../src/agreement/agreement-with-truth.ts';
import { refused } from '../data/refused.ts';
import { near } from './near.ts';
import { ratingsOf } from './ratings-of.ts';

const test = suite('agreement: spread');

// Peak expiratory flow (l/min) of 17 people, twice by each of two meters: Bland and Altman, Lancet 1986; 1:307, table 1.
const wright = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427];
const wrightAgain = [490, 397, 512, 401, 470, 611, 415, 431, 638, 429, 420, 633, 275, 492, 165, 372, 421];
const mini = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451];
const twice = ratingsOf(wright.map((value, i) => [value, wrightAgain[i]]));

test('bias and limits of two flow meters, as Bland and Altman (1986) give them', () => {
  const { n, bias, sd, lower, upper } = blandAltman(wright, mini);
  assert.is(n, 17);
  // "-2.1 l/min", "38.8 l/min", and the interval of the bias from "-22.1 to 17.9".
  assert.equal([bias.value.toFixed(1), sd.toFixed(1)], ['-2.1', '38.8']);
  assert.ok(Math.abs(bias.low + 22.1) < 0.1 && Math.abs(bias.high - 17.9) < 0.1);
  // t.test of R 4.2.2
  near(bias.low, -22.0488376966, 1e-10);
  near(bias.high, 17.813543579, 1e-10);
  // NumPy 2.4 and SciPy 1.17.1, from the formulas of Bland and Altman (1999)
  near(lower.value, -78.097301611094, 1e-12);
  near(lower.low, -112.85337790919502, 1e-12);
  near(lower.high, -43.34122531299298, 1e-12);
  near(upper.value, 73.86200749344692, 1e-12);
  near(upper.value - upper.low, lower.high - lower.value, 1e-12);
});

test('repeatability of the first meter: 43.2 l/min by 2 standard deviations in the paper', () => {
  // sqrt(sum of d² / 2n) and 1.96 sqrt(2) times it, by NumPy 2.4.
  near(repeatabilityCoefficient(twice), 42.42792199372817, 1e-12);
  near(withinSubjectSd(twice), 42.42792199372817 / 1.96 / Math.SQRT2, 1e-12);
  assert.ok(Math.abs((repeatabilityCoefficient(twice) * 2) / 1.96 - 43.2) < 0.1);
});

test('within-subject CV is the within-subject SD over the mean of all ratings', () => {
  // Variances within targets 2, 2 and 8; mean 5.
  const ratings = ratingsOf([
    [1, 3],
    [4, 6],
    [6, 10],
  ]);
  near(withinSubjectSd(ratings), 2, 1e-15);
  near(withinSubjectCv(ratings), 2 / 5, 1e-15);
  near(
    withinSubjectCv(
      ratingsOf([
        [-1, -3],
        [-4, -6],
        [-6, -10],
      ]),
    ),
    2 / 5,
    1e-15,
  );
});

test('one target is enough for the spread within targets', () => {
  near(withinSubjectSd(ratingsOf([[1, 2, 3]])), 1, 1e-15);
});

test('ratings that agree have no spread, exactly', () => {
  const ratings = ratingsOf([new Array<number>(49).fill(0.1), new Array<number>(49).fill(1 / 3)]);
  assert.equal(
    [withinSubjectSd(ratings), withinSubjectCv(ratings), repeatabilityCoefficient(ratings)],
    [0, 0, 0],
  );
  assert.ok(
    Number.isNaN(
      withinSubjectCv(
        ratingsOf([
          [0, 0],
          [0, 0],
        ]),
      ),
    ),
  );
});

test('between-subject CV: sample standard deviation over the mean', () => {
  // R 4.2.2: sd(x) / mean(x) for x = c(2, 4, 4, 4, 5, 5, 7, 9)
  near(betweenSubjectCv([2, 4, 4, 4, 5, 5, 7, 9]), 0.427617987059879, 1e-15);
  near(betweenSubjectCv(Float64Array.of(-2, -4)), Math.SQRT2 / 3, 1e-15);
  assert.is(betweenSubjectCv(new Array<number>(7).fill(0.1)), 0);
  assert.is(betweenSubjectCv([-1, 1]), Infinity);
  assert.ok(Number.isNaN(betweenSubjectCv([0, 0, 0])));
});

test('correlation and slope of one meter on the other', () => {
  // numpy.corrcoef and scipy.stats.linregress of SciPy 1.17.1; the paper has r = 0.94.
  near(correlation(mini, wright), 0.943279446890946, 1e-12);
  near(slopeOnTruth(mini, wright), 0.9173478660703998, 1e-12);
});

test('a perfect correlation is 1, not a rounding more', () => {
  // Plain arithmetic gives 1.0000000000000002 here.
  const values = [0.5, 1 + 1 / 7];
  assert.is(
    correlation(
      values,
      values.map((value) => 0.3 * value),
    ),
    1,
  );
});

test('an estimator that answers the same for everyone is exposed: CV 0, slope 0, no correlation', () => {
  const truth = [0.8e-3, 1e-3, 1.1e-3, 1.4e-3];
  const constant = new Array<number>(4).fill(1.1e-3);
  assert.is(betweenSubjectCv(constant), 0);
  assert.is(slopeOnTruth(constant, truth), 0);
  assert.ok(Number.isNaN(correlation(constant, truth)));
  assert.ok(Number.isNaN(correlation(truth, constant)) && Number.isNaN(slopeOnTruth(truth, constant)));
  const shrunk = truth.map((value) => 1.1e-3 + 0.2 * (value - 1.1e-3));
  near(slopeOnTruth(shrunk, truth), 0.2, 1e-12);
  near(correlation(shrunk, truth), 1, 1e-12);
});

const numbers = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 3, maxLength: 20 });

test('invariants: scale, shift, exchange', () => {
  fc.assert(
    fc.property(
      numbers,
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      fc.integer(),
      (first, scale, seed) => {
        const second = first.map((value, i) => value + Math.sin(seed + i));
        const [there, back] = [blandAltman(first, second), blandAltman(second, first)];
        near(back.bias.value, -there.bias.value, 1e-12);
        near(back.upper.low, -there.lower.high, 1e-12);
        const scaled = blandAltman(
          first.map((value) => value * scale),
          second.map((value) => value * scale),
        );
        near(scaled.lower.low, there.lower.low * scale, 1e-12);
        const pairs = (add: number) => ratingsOf(first.map((value, i) => [value + add, second[i] + add]));
        near(withinSubjectSd(pairs(10)), withinSubjectSd(pairs(0)), 1e-12);
        // Of two ratings: mean difference and spread of differences are the two parts of the spread within targets.
        const n = first.length;
        const halfMeanSquare = (there.sd ** 2 * (n - 1) + n * there.bias.value ** 2) / (2 * n);
        near(withinSubjectSd(pairs(0)) ** 2, halfMeanSquare, 1e-10);
      },
    ),
    { seed: 6, numRuns: 200 },
  );
});

test('differences that never vary: limits at the bias', () => {
  const { bias, sd, lower, upper } = blandAltman([1, 2, 3], [0.5, 1.5, 2.5]);
  for (const estimate of [bias, lower, upper]) assert.equal(estimate, { value: 0.5, low: 0.5, high: 0.5 });
  assert.is(sd, 0);
});

test('too few, unequal numbers and numbers that are none are refused by name', async () => {
  await refused(() => betweenSubjectCv([1]), '1 subject', 'at least 2');
  await refused(() => betweenSubjectCv([1, 2, NaN]), 'number 3', 'NaN');
  await refused(() => blandAltman([1], [2]), '1 first measurement', 'at least 2');
  await refused(() => blandAltman([1, 2], [2, 3, 4]), '2 first measurements', '3 second measurements');
  await refused(() => blandAltman([1, 2], [2, Infinity]), 'number 2 of the second measurements', 'Infinity');
  await refused(() => blandAltman([1, 2], [2, 3], 95), 'confidence of 95');
  await refused(() => correlation([1], [1]), '1 estimate', 'at least 2');
  await refused(() => slopeOnTruth([1, 2], [NaN, 1]), 'number 1 of the true values', 'NaN');
  await refused(() => withinSubjectSd({ targets: 0, raters: 2, values: new Float64Array() }), '0 targets');
  await refused(() => withinSubjectCv(ratingsOf([[1], [2]])), '1 rater');
  await refused(() => repeatabilityCoefficient(ratingsOf([[1, NaN]])), 'target 1 by rater 2', 'NaN');
});

test.run();
