import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { icc1, icc2, icc3, icc3k } from '../../src/agreement/icc.ts';
import type { IccForm } from '../../src/agreement/icc.ts';
import { meanSquares } from '../../src/agreement/mean-squares.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';

const test = suite('agreement: coverage');

interface Model {
  readonly targets: number;
  readonly raters: number;
  /** Standard deviations of targets, raters (drawn anew in each study) and error. */
  readonly sd: readonly [number, number, number];
}

function study({ targets, raters, sd: [ofTargets, ofRaters, ofError] }: Model, random: Mt19937) {
  const offsets = Float64Array.from({ length: raters }, () => ofRaters * random.gaussian());
  const values = new Float64Array(targets * raters);
  for (let i = 0, at = 0; i < targets; i++) {
    const truth = 5 + ofTargets * random.gaussian();
    for (let j = 0; j < raters; j++, at++) values[at] = truth + offsets[j] + ofError * random.gaussian();
  }
  return { targets, raters, values };
}

/** In how many of `studies` the interval holds the truth. */
function coverage(form: IccForm, truth: number, model: Model, confidence: number, studies: number): number {
  const random = new Mt19937(2020);
  let held = 0;
  for (let i = 0; i < studies; i++) {
    const { low, high } = form.interval(meanSquares(study(model, random)), confidence);
    held += Number(low <= truth && truth <= high);
  }
  return held / studies;
}

// Four binomial standard deviations of 2,000 studies around the level: 0.02 at 95 %, 0.036 at 80 %.
const exactly = (found: number, level: number) =>
  assert.ok(Math.abs(found - level) < 4 * Math.sqrt((level * (1 - level)) / 2000), `${found}, not ${level}`);

test('intervals of icc1, icc3 and icc3k are exact', () => {
  const oneWay: Model = { targets: 12, raters: 3, sd: [1, 0, 0.8] };
  const twoWay: Model = { targets: 10, raters: 2, sd: [1, 3, 0.5] };
  const ratio = 1 / (1 + 0.25);
  exactly(coverage(icc1, 1 / (1 + 0.64), oneWay, 0.95, 2000), 0.95);
  exactly(coverage(icc1, 1 / (1 + 0.64), oneWay, 0.8, 2000), 0.8);
  exactly(coverage(icc3, ratio, twoWay, 0.95, 2000), 0.95);
  exactly(coverage(icc3k, (2 * ratio) / (1 + ratio), twoWay, 0.8, 2000), 0.8);
});

test('the interval of icc2, an approximation, holds the truth nearly as often as it says', () => {
  const model: Model = { targets: 15, raters: 4, sd: [1, 0.4, 0.5] };
  const held = coverage(icc2, 1 / (1 + 0.16 + 0.25), model, 0.95, 2000);
  assert.ok(held > 0.92 && held < 0.96, String(held));
});

test.run();
