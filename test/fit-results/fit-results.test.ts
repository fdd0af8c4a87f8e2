import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allocateEstimates, Status } from '../../src/contracts/voxels.ts';
import type { RowSource } from '../../src/data/row-source.ts';
import { contactSheet, NO_VOXEL, onSheet } from '../../src/fit-results/contact-sheet.ts';
import { measuredSignals } from '../../src/fit-results/measured-signals.ts';
import { quantiles } from '../../src/fit-results/quantiles.ts';
import { reducedChiSquare } from '../../src/fit-results/reduced-chi-square.ts';
import { residualsByB } from '../../src/fit-results/residuals-by-b.ts';
import { statusShares } from '../../src/fit-results/status-shares.ts';
import { summaryStatistics } from '../../src/fit-results/summary-statistics.ts';
import { measureResiduals } from '../../src/preparation/measure-residuals.ts';
import { fittedScan } from './fitted-scan.ts';

const test = suite('fit-results');
const near = (found: number, wanted: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(found - wanted) <= tolerance, `${found} is not ${wanted}`);

test('quantiles are those of numpy.quantile, and of what is finite', () => {
  // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [0, 0.1, 0.25, 0.5, 0.9, 1])
  const found = quantiles([3, 1, NaN, 4, 1, 5, 9, Infinity, 2, 6], [0, 0.1, 0.25, 0.5, 0.9, 1]);
  [1, 1, 1.75, 3.5, 6.9, 9].forEach((wanted, i) => near(found[i], wanted));
  assert.equal(quantiles([NaN], [0.5]), [NaN]);
});

test('summaries are those of numpy', () => {
  // a = [2, 4, 4, 4, 5, 5, 7, 9]: a.mean(), a.std(ddof=1), numpy.quantile(a, [.25, .5, .75])
  const { n, mean, sd, median, lowerQuartile, upperQuartile } = summaryStatistics([
    ...[2, 4, 4, 4, NaN, 5, 5, 7, 9],
  ]);
  assert.equal([n, mean, median, lowerQuartile, upperQuartile], [8, 5, 4.5, 4, 5.5]);
  near(sd, 2.138089935299395);
  assert.equal(summaryStatistics([1]).sd, NaN);
  assert.equal(summaryStatistics([]).mean, NaN);
});

test('shares per status leave the background out', () => {
  const { background, converged, poorFit } = Status;
  const shares = statusShares(
    Uint8Array.of(background, poorFit, converged, converged, background, converged),
  );
  assert.equal(
    shares.map(({ word, count, share }) => [word, count, share]),
    [
      ['converged', 3, 0.75],
      ['poorFit', 1, 0.25],
    ],
  );
});

test('residuals and R² of a voxel by hand, with repeated measurements', () => {
  // Decay 1, 1/2, 1/4 at S0 = 4; signals 4, 3, 1 of 1, 2 and 1 measurements: residuals 0, 1, 0; the mean signal is 11/4.
  const bValues = Float64Array.of(0, 1, 2);
  const signals = { bValues, n: 1, values: Float64Array.of(1, 0.75, 0.25), scale: Float64Array.of(4) };
  const out = allocateEstimates(1, { residuals: true });
  out.S0[0] = 4;
  out.D[0] = out.Dp[0] = Math.LN2;
  out.f[0] = 0.5;
  out.status[0] = Status.converged;
  measureResiduals(signals, out, [1, 2, 1]);
  near(out.residual![0], Math.sqrt(2 / 4));
  near(out.rSquared![0], 1 - 2 / (1.25 ** 2 + 2 * 0.25 ** 2 + 1.75 ** 2));
  out.status[0] = Status.notConverged;
  measureResiduals(signals, out, [1, 2, 1]);
  assert.equal([out.residual![0], out.rSquared![0]], [NaN, NaN]);
});

test('residuals against b are what the signals are off, in units of S0 or of the noise', () => {
  const off = [0, 1, -2, 3, 0];
  const { unit, at } = residualsByB(fittedScan(off))!;
  assert.is(unit, 'S0');
  at.forEach(({ quantiles: found }, k) => found.forEach((each) => near(each, off[k] / 100, 1e-6)));
  const inNoise = residualsByB(fittedScan(off, 2))!;
  assert.is(inNoise.unit, 'noise');
  near(inNoise.at[3].quantiles[2], 1.5, 1e-4);
  near(inNoise.at[0].fit, 1);
});

test('reduced chi-square is the sum of squares over variance and degrees of freedom', () => {
  // Squares 0 + 1 + 4 + 9 + 0 over a variance of 4 and 5 - 4 degrees.
  near(reducedChiSquare(fittedScan([0, 1, -2, 3, 0], 2))![5], 14 / 4, 1e-6);
  assert.is(reducedChiSquare(fittedScan()), undefined);
});

test('a contact sheet shows the slices with voxels, cut to them, the right of the patient on the left', () => {
  const scan = fittedScan();
  const sheet = contactSheet(scan, 2)!;
  assert.equal(sheet.slices, [1, 3]);
  assert.is(sheet.left, 'right');
  const { values, width, height } = onSheet(scan.maps.get('D')!, sheet);
  assert.is(values.length, width * height);
  assert.is(sheet.voxels.filter((voxel) => voxel === NO_VOXEL).length, sheet.gap * height);
  // x runs to the patient's right: its last column stands first.
  near(values[0], 5e-4 + 2e-4 * 5, 1e-9);
  const none = { ...scan, status: scan.status.map(() => Status.background) };
  assert.is(contactSheet(none, 2), undefined);
});

test('signals for a report: the lowest b-value of all voxels, the means of those with an estimate', async () => {
  const rows = [
    [10, 12, 4],
    [20, 22, 8],
    [30, 32, 12],
  ];
  const source: RowSource = {
    n: 3,
    bValues: Float64Array.of(0, 0, 100),
    normalised: false,
    notes: [],
    read: async (first, count, into) => into.set(rows.slice(first, first + count).flat()),
    close: async () => {},
  };
  const protocol = {
    bValues: Float64Array.of(0, 100),
    place: Int32Array.of(0, 0, 1),
    repeats: Int32Array.of(2, 1),
    notes: [],
  };
  const status = Uint8Array.of(Status.converged, Status.background, Status.atBound);
  const { lowest, voxels, values } = await measuredSignals(source, protocol, status);
  assert.equal([...lowest], [11, 21, 31]);
  assert.equal([...voxels], [0, 2]);
  assert.equal([...values], [11, 4, 31, 12]);
});

test.run();
