import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Row } from '../../src/contracts/metric.ts';
import { errorFrame } from '../../src/figures/look/error-frame.ts';
import { COLORS, fitterLooks } from '../../src/figures/look/fitter-looks.ts';
import { intervalPanels } from '../../src/figures/look/interval-panels.ts';
import { logTicks } from '../../src/figures/look/log-ticks.ts';
import { titleLines } from '../../src/figures/look/picture-panel.ts';
import { seriesLooks } from '../../src/figures/look/series-looks.ts';
import { shorten } from '../../src/figures/look/shorten.ts';

const test = suite('looks');

test('twenty series all look different, by colour, shape or dash', () => {
  const names = Array.from({ length: 20 }, (_, i) => `fitter-${i}`);
  const { series, color, shape, marksOf } = seriesLooks([], names, undefined);
  const looks = series.map((name, i) => `${color.range[i]} ${shape.range[i]} ${marksOf(name).dash?.join()}`);
  assert.is(new Set(looks).size, 20);
});

test('titles of small panels are broken between words, and between the parts of a name', () => {
  assert.equal(titleLines('unet, one acquisition per subject'), ['unet', 'one acquisition', 'per subject']);
  assert.equal(titleLines('difference (±30)'), ['difference (±30)']);
  assert.equal(titleLines('averylongnamewithoutspaces'), ['averylongnamewithoutspaces']);
});

test('the floor is grey and last, and takes no colour from another', () => {
  const looks = seriesLooks([], ['mmse', 'ls', 'segmented'], 'mmse');
  assert.equal(looks.series, ['ls', 'segmented', 'mmse']);
  assert.is(looks.color.range[2], '#8a8f98');
  assert.is(looks.color.range[1], seriesLooks([], ['ls', 'segmented'], undefined).color.range[1]);
});

test('a fitter of the program looks the same whatever is beside it', () => {
  const names = ['ls', 'ls-global', 'segmented', 'map', 'dnn', 'wls', 'posterior-net'];
  const all = seriesLooks([], [...names, 'mine', 'a program'], undefined);
  for (const name of names) {
    const alone = seriesLooks([], [name], undefined);
    const place = all.series.indexOf(name);
    assert.equal(
      [alone.color.range[0], alone.shape.range[0], alone.marksOf(name)],
      [all.color.range[place], all.shape.range[place], all.marksOf(name)],
    );
  }
});

test('another fitter has the look of its name, and gives way only to one of its colour', () => {
  const alone = fitterLooks(['mine']).get('mine')!;
  for (const other of ['ls', 'dnn', 'map', 'segmented', 'ls-global', 'posterior-net', 'any-protocol-net']) {
    const both = fitterLooks(['mine', other]);
    const taken = both.get(other)!.color === alone.color;
    assert.is(both.get('mine')!.color === alone.color, !taken);
    if (!taken) assert.equal(both.get('mine'), alone);
  }
  const crowd = Array.from({ length: 30 }, (_, i) => `fitter-${i}`);
  assert.equal(fitterLooks(crowd), fitterLooks(crowd.toReversed()));
});

test('eight fitters of one’s own have eight colours', () => {
  const looks = fitterLooks(Array.from({ length: COLORS.length }, (_, i) => `own-${i}`));
  assert.is(new Set([...looks.values()].map(({ color }) => color)).size, COLORS.length);
});

test('series of one fitter share its colour and differ in shape and dash', () => {
  const row = { method: 'dnn' } as Row;
  const { color, shape, marksOf } = seriesLooks([row], ['dnn · stage a', 'dnn · stage b'], undefined);
  assert.is(color.range[0], color.range[1]);
  assert.is.not(shape.range[0], shape.range[1]);
  assert.is.not(marksOf('dnn · stage a').dash?.join(), marksOf('dnn · stage b').dash?.join());
});

test('the colours of fitters stay apart under protanopia and deuteranopia, and from the page', () => {
  // Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
  const views = [
    [1, 0, 0, 0, 1, 0, 0, 0, 1],
    [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
    [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  ];
  const linear = (hex: string) =>
    [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
  const apart = (colors: readonly string[]) =>
    Math.min(
      ...views.flatMap((m) => {
        const seen = colors.map((hex) => oklab(multiply(m, linear(hex))));
        return seen.flatMap((a, i) =>
          seen.slice(0, i).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
        );
      }),
    );
  const okabeIto = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'];
  assert.ok(apart(COLORS) > apart(okabeIto), `${apart(COLORS)}`);
  const luminance = (hex: string) => {
    const [r, g, b] = linear(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const hex of COLORS) {
    assert.ok(1.05 / (luminance(hex) + 0.05) > 2.3, `${hex} on white`);
    assert.ok((luminance(hex) + 0.05) / (luminance('#15181c') + 0.05) > 2.7, `${hex} on a dark page`);
  }
});

const multiply = (m: readonly number[], [r, g, b]: readonly number[]) =>
  [0, 3, 6].map((i) => Math.min(1, Math.max(0, m[i] * r + m[i + 1] * g + m[i + 2] * b)));

/** Björn Ottosson's OKLab of linear RGB. */
function oklab([r, g, b]: readonly number[]): number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

test('ticks are 1, 2, 5 of each decade, then powers of ten alone', () => {
  assert.equal(logTicks(10, 100), [10, 20, 50, 100]);
  assert.equal(logTicks(0.03, 0.6), [0.05, 0.1, 0.2, 0.5]);
  assert.equal(logTicks(0.5, 2e4), [1, 10, 100, 1000, 10000]);
  assert.equal(logTicks(12, 35), [15, 20, 30]);
  assert.equal(logTicks(12, 12.5), [12, 12.5]);
  assert.equal(logTicks(0.92, 2.7), [1, 1.5, 2]);
  assert.equal(logTicks(0.07, 0.25), [0.07, 0.1, 0.2]);
  assert.equal(logTicks(8, 105, 7), [10, 20, 50, 100]);
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

test('numbers beside intervals stay within the frame', () => {
  const row = (method: string, value: number, ciLow: number, ciHigh: number) =>
    ({ method, value, ciLow, ciHigh, parameter: 'D', factors: { session: 'ses-3T' } }) as unknown as Row;
  // From the left edge nearly to the right one; room on the right, on the left, and on both sides.
  const rows = [row('ls', 18, 0, 19), row('map', 4, 0, 8), row('dnn', 17, 15, 20), row('wls', 12, 10, 14)];
  const axis = { title: 'CV (%)', scale: 1, unit: '%', fromZero: true };
  const { concat } = intervalPanels(rows, rows, undefined, axis)!;
  const sides = concat[0].data.values.map(({ series, side }) => [series, side]);
  assert.equal(Object.fromEntries(sides), { ls: 'above', map: 'high', dnn: 'low', wls: 'low' });
});

test.run();
