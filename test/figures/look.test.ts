import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { errorFrame } from '../../src/figures/look/error-frame.ts';
import { logTicks } from '../../src/figures/look/log-ticks.ts';
import { seriesLooks } from '../../src/figures/look/series-looks.ts';
import { shorten } from '../../src/figures/look/shorten.ts';

const test = suite('looks');

test('twenty series all look different, by colour, shape or dash', () => {
  const names = Array.from({ length: 20 }, (_, i) => `fitter-${i}`);
  const { series, color, shape, strokeDash } = seriesLooks([], names, undefined);
  const looks = series.map((_, i) => `${color.range[i]} ${shape.range[i]} ${strokeDash.range[i].join()}`);
  assert.is(new Set(looks).size, 20);
});

test('the floor is grey and last, and takes no colour from another', () => {
  const looks = seriesLooks([], ['mmse', 'ls', 'segmented'], 'mmse');
  assert.equal(looks.series, ['ls', 'segmented', 'mmse']);
  assert.is(looks.color.range[2], '#8a8f98');
  assert.is(looks.color.range[1], seriesLooks([], ['ls', 'segmented'], undefined).color.range[1]);
});

test('ticks are 1, 2, 5 of each decade, then powers of ten alone', () => {
  assert.equal(logTicks(10, 100), [10, 20, 50, 100]);
  assert.equal(logTicks(0.03, 0.6), [0.05, 0.1, 0.2, 0.5]);
  assert.equal(logTicks(0.5, 2e4), [1, 10, 100, 1000, 10000]);
  assert.equal(logTicks(12, 35), [15, 20, 30]);
  assert.equal(logTicks(12, 12.5), [12, 12.5]);
});

test('the frame shows everything unless a few whiskers would squash the boxes', () => {
  const [box, outlier] = [
    { q05: -2, q25: -1, q75: 1, q95: 3 },
    { q05: -2, q25: -1, q75: 1, q95: 90 },
  ];
  const [low, high] = errorFrame([box, box]);
  assert.ok(low < -2 && low > -2.5 && high > 3 && high < 3.5);
  const [, cut] = errorFrame([box, box, outlier]);
  assert.ok(cut > 4 && cut < 5);
  const [zeroLow, zeroHigh] = errorFrame([{ q05: 0, q25: 0, q75: 0, q95: 0 }]);
  assert.ok(zeroLow < 0 && zeroHigh > 0);
});

test('numbers are cut to six digits, and what is no number is nothing', () => {
  assert.is(shorten(0.123456789), 0.123457);
  assert.is(shorten(NaN), null);
  assert.is(shorten(-Infinity), null);
});

test.run();
