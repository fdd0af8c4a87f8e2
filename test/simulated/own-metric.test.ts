import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ErrorSample, Metric } from '../../src/contracts/metric.ts';
import { resampleCounts } from '../../src/metrics/resampling/resample-counts.ts';
import { statisticsWithIntervals } from '../../src/metrics/resampling/statistics-with-intervals.ts';
import { ownMetric } from '../../src/simulated/own-metric.ts';
import { everyMetric } from '../metrics/every-metric.ts';

const test = suite('metrics of your own');

const module = pathToFileURL('/somewhere/my metric.ts');
const draws = [...resampleCounts(7, 50, 3)];
const sample = (): ErrorSample => ({
  parameter: 'D',
  estimate: Float64Array.of(1, 2, NaN, 4, 5, 6, 7),
  truth: Float64Array.of(1, 1, 3, 4, 4, 9, 6),
  sd: Float64Array.of(1, 1, 1, 1, 1, 1, 1),
});
const plain: Metric = {
  label: 'largest estimate',
  definition: 'largest',
  unit: () => '',
  over:
    ({ estimate }) =>
    (weights) =>
      Math.max(...estimate.filter((value, i) => !Number.isNaN(value) && weights?.[i] !== 0)),
};
type Members = Readonly<Record<keyof Metric, unknown>>;
const compute = (members: Partial<Members>, given = sample(), resamples: Iterable<Uint8Array> = draws) =>
  statisticsWithIntervals(
    given,
    [['largest', ownMetric(module, 'largest', { ...plain, ...members } as Metric)]],
    resamples,
  );

test('a metric that keeps to its contract has the values it has without the checks', () => {
  const direct = statisticsWithIntervals(sample(), [['largest', plain]], draws);
  assert.equal(compute({}), direct);
  assert.is(direct[0].value, 7);
  assert.equal(compute({ interval: () => ({ low: 1, high: 2 }) })[0].ciHigh, 2);
  assert.equal(compute({ interval: () => null }), direct);
  assert.ok(Number.isNaN(compute({ interval: false })[0].ciLow));
  assert.ok(Number.isNaN(compute({ over: () => () => NaN })[0].value), 'undefined for these voxels');
});

test('what it returns must be what its contract says', () => {
  const throws = (members: Partial<Members>, message: string) => {
    let said = '';
    try {
      compute(members);
    } catch (error) {
      said = (error as Error).message;
    }
    assert.match(said, /^metric my metric \(\S*somewhere\/my metric\.ts\): /);
    assert.ok(said.endsWith(message), said);
  };
  const number = 'allowed: a number, NaN where the statistic is undefined';
  throws({ over: () => () => '3' }, `the statistic of largest returned the text "3"; ${number}`);
  throws({ over: () => () => undefined }, `the statistic of largest returned undefined; ${number}`);
  throws({ over: () => async () => 1 }, `the statistic of largest returned a promise; ${number}`);
  throws(
    { over: () => 3 },
    'over of largest returned the number 3; allowed: a function of the weights that returns the statistic',
  );
  throws(
    { unit: () => undefined },
    "unit of largest returned undefined; allowed: a text, '' where the value has no unit",
  );
  const interval = 'allowed: { low, high } with two numbers, or null for an interval by bootstrap';
  throws({ interval: () => [1, 2] }, `interval of largest returned a list of 2; ${interval}`);
  throws({ interval: () => ({ low: 1 }) }, `interval of largest returned an object with low; ${interval}`);
  throws({ interval: () => undefined }, `interval of largest returned undefined; ${interval}`);
});

test('it may not write into what other metrics are given too, and what it wrote is undone', async () => {
  const wrote =
    /(over|the statistic|interval) of largest wrote into the arrays it was given, which other metrics use too/;
  const everyOther = [...(await everyMetric())];
  const before = statisticsWithIntervals(sample(), everyOther, draws);
  const culprits: Partial<Members>[] = [
    { over: (given: ErrorSample) => (given.estimate.fill(0), () => 1) },
    { over: (given: ErrorSample) => () => (given.truth.sort(), 1) },
    { over: (given: ErrorSample) => () => (given.sd!.set([9], 6), 1) },
    { over: () => (weights: Uint8Array | null) => (weights?.fill(1), 1) },
    { over: () => (weights: Uint8Array | null) => (weights && weights[6]++, 1) },
    { interval: (given: ErrorSample) => ((given.estimate[0] = -0), null) },
  ];
  for (const culprit of culprits) {
    const given = sample();
    assert.throws(() => compute(culprit, given), wrote);
    assert.equal(statisticsWithIntervals(given, everyOther, draws), before);
  }
  const failing = {
    over: () => (weights: Uint8Array | null) => {
      weights?.fill(0);
      throw new Error('no luck');
    },
  };
  assert.throws(() => compute(failing), /no luck/);
  assert.equal(statisticsWithIntervals(sample(), everyOther, draws), before);
});

test.run();
