import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fitter } from '../../src/contracts/fitter.ts';
import { Status } from '../../src/contracts/voxels.ts';
import logLinear from '../../src/fitters/log-linear.ts';
import wls from '../../src/fitters/wls.ts';
import { voxels } from '../../src/conformance/voxels.ts';
import { asSignals, estimate, referenceVoxels, STUDY } from './reference-voxels.ts';

const test = suite('fitters/log-linear, wls');

const BOTH = { 'log-linear': logLinear as Fitter, wls: wls as Fitter };
const near = (found: number, known: number, relative: number) =>
  assert.ok(Math.abs(found / known - 1) <= relative, `${found} is not ${known}`);

// numpy 2 on reference voxel 2 at sigma 75: polyfit(b, log S, 1, w) over b >= 200, w = 1 and w = S; (D, 1 - f).
const POLYFIT = {
  plain: [0.0011202627172146097, 0.748414115708847],
  weighted: [0.0012214489545067113, 0.7941760679448384],
  sdD: 0.00021157435796598207,
};

test("fits numpy.polyfit's lines to the high b-values", async () => {
  const { signals } = referenceVoxels(75);
  const plain = await estimate(logLinear, signals);
  const weighted = await estimate(wls, signals, { reweightings: 0 });
  near(plain.D[2], POLYFIT.plain[0], 1e-9);
  near(1 - plain.f[2], POLYFIT.plain[1], 1e-9);
  near(weighted.D[2], POLYFIT.weighted[0], 1e-9);
  near(1 - weighted.f[2], POLYFIT.weighted[1], 1e-9);
  near(plain.sd!.D[2], POLYFIT.sdD, 1e-6);
});

test('both are exact where perfusion is gone at the threshold', async () => {
  // At 150 s/mm² 2e-10 of perfusion is left, and at 300 nothing.
  const decay = STUDY.map((b) => 0.23 * Math.exp(-b * 0.15) + 0.77 * Math.exp(-b * 0.0011));
  for (const fitter of Object.values(BOTH)) {
    const out = await estimate(fitter, asSignals(STUDY, decay));
    near(out.D[0], 0.0011, 1e-6);
    near(out.f[0], 0.23, 1e-6);
    near(out.Dp[0], 0.15, 1e-3);
    assert.is(out.status[0], Status.converged);
  }
});

test('weights lower the error of D, as low signals are the noisier in logarithms', async () => {
  const { signals, truth } = voxels(STUDY, 2000, 20, 3);
  const rmse = (D: Float64Array) =>
    Math.sqrt(D.reduce((sum, x, i) => sum + (x - truth.D[i]) ** 2, 0) / D.length);
  const plain = rmse((await estimate(logLinear, signals)).D);
  const weighted = rmse((await estimate(wls, signals)).D);
  assert.ok(weighted < 0.95 * plain, `${weighted}, without weights ${plain}`);
});

test('leaves signals without a logarithm out, and fails where too few are left', async () => {
  const row = STUDY.map((b) => 0.2 * Math.exp(-b * 0.05) + 0.8 * Math.exp(-b * 0.001));
  const oneGone = row.with(6, -0.01);
  const twoGone = oneGone.with(7, 0);
  for (const fitter of Object.values(BOTH)) {
    const out = await estimate(fitter, asSignals(STUDY, Float64Array.of(...oneGone, ...twoGone)));
    near(out.D[0], 0.001, 1e-3);
    assert.is(out.status[1], Status.notConverged);
    assert.ok(Number.isNaN(out.D[1]));
  }
});

test('stays in the box at its best point there', async () => {
  const { signals } = referenceVoxels(150);
  const bounds = { D: [0.0006, 0.0015], f: [0.05, 0.4], Dp: [0.005, 0.05] } as const;
  const out = await estimate(logLinear, signals, { bounds });
  const loss = (i: number, D: number, f: number) =>
    [5, 6, 7].reduce((sum, k) => {
      const r = Math.log(signals.values[i * 8 + k]) - Math.log(1 - f) + STUDY[k] * D;
      return sum + r * r;
    }, 0);
  for (let i = 0; i < out.n; i++) {
    for (const name of ['D', 'f', 'Dp'] as const) {
      assert.ok(out[name][i] >= bounds[name][0] && out[name][i] <= bounds[name][1]);
    }
    const least = loss(i, out.D[i], out.f[i]);
    for (let a = 0; a <= 10; a++) {
      for (let c = 0; c <= 10; c++) {
        assert.ok(least <= loss(i, 0.0006 + 0.00009 * a, 0.05 + 0.035 * c) + 1e-12, `voxel ${i}`);
      }
    }
  }
});

test.run();
