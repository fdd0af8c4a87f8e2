import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allocateEstimates, Status, type Estimates, type Signals } from '../../src/contracts/voxels.ts';
import { simulateBeyondModel } from '../../src/data/beyond-model.ts';
import {
  POOR_FIT_BELOW,
  poorFitShare,
  residualTestOf,
  testResiduals,
} from '../../src/preparation/residual-test.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { loadFitter } from '../../src/plugins/discover.ts';

const test = suite('preparation: test of residuals');

const B = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const TISSUE = { D: 0.001, f: 0.2, Dp: 0.05 };

/** Voxels whose estimates are the truth, so that S0 is all that the signals determine. */
function atTruth(signals: Signals): Estimates {
  const out = allocateEstimates(signals.n, { p: true });
  out.D.fill(TISSUE.D);
  out.f.fill(TISSUE.f);
  out.Dp.fill(TISSUE.Dp);
  out.S0.set(signals.scale);
  out.status.fill(Status.converged);
  return out;
}

function noisy(n: number, averages: Float64Array, sigma: number): Signals {
  const random = new Mt19937(5);
  const values = new Float64Array(n * B.length);
  const perSignal = averages.subarray(1).reduce((sum, count) => sum + count, 0) / (B.length - 1);
  const scale = new Float64Array(n).fill(1);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < B.length; k++) {
      const decay = TISSUE.f * Math.exp(-B[k] * TISSUE.Dp) + (1 - TISSUE.f) * Math.exp(-B[k] * TISSUE.D);
      values[i * B.length + k] = decay + (sigma / Math.sqrt(averages[k])) * random.gaussian();
    }
    scale[i] = values[i * B.length];
    for (let k = 0; k < B.length; k++) values[i * B.length + k] /= scale[i];
  }
  return { bValues: B, n, values, scale, sigma: scale.map((b0) => sigma / Math.sqrt(perSignal) / b0) };
}

for (const [what, averages] of [
  ['one measurement of each b-value', new Float64Array(8).fill(1)],
  ['uneven repeats', Float64Array.of(3, 1, 1, 2, 2, 4, 4, 8)],
] as const) {
  test(`p-values of right estimates are uniform: ${what}`, () => {
    const n = 20_000;
    // Low noise, where Rician means and amplitudes are the same.
    const signals = noisy(n, averages, 0.002);
    const out = atTruth(signals);
    testResiduals(signals, out, { averages, parameters: 1 });
    for (const level of [0.01, 0.1, 0.5, 0.9]) {
      const share = out.p!.filter((p) => p < level).length / n;
      const sd = Math.sqrt((level * (1 - level)) / n);
      assert.ok(Math.abs(share - level) < 4.5 * sd, `${share} below ${level}`);
    }
    const { value, n: tested } = poorFitShare(out)!;
    assert.is(tested, n);
    assert.ok(Math.abs(value - POOR_FIT_BELOW) < 4.5 * Math.sqrt(POOR_FIT_BELOW / n), String(value));
  });
}

test('a voxel with a lost image is marked, and its estimate stays', () => {
  const kind = { ...TISSUE, kurtosis: 0, offset: 0 };
  const settings = { bValues: B, voxels: 500, S0: 1000, sigma: 10, seed: 3 };
  const lost = simulateBeyondModel({ ...kind, lost: 1 }, settings);
  const out = atTruth(lost);
  testResiduals(lost, out, { parameters: 2 });
  assert.ok(out.status.every((status) => status === Status.poorFit));
  assert.ok(out.D.every((D) => D === TISSUE.D) && out.p!.every((p) => p < POOR_FIT_BELOW));
});

test('what failed or has no noise level is left alone', () => {
  const signals = simulateBeyondModel(
    { ...TISSUE, kurtosis: 0, offset: 0, lost: 1 },
    { bValues: B, voxels: 4, S0: 1000, sigma: 10, seed: 3 },
  );
  const sigma = signals.sigma!.slice();
  sigma[2] = 0;
  const out = atTruth(signals);
  out.status.set([Status.notConverged, Status.outOfRange]);
  testResiduals({ ...signals, sigma }, out, { parameters: 2 });
  assert.equal([...out.status], [Status.notConverged, Status.poorFit, Status.converged, Status.poorFit]);
  assert.equal([...out.p!].map(Number.isNaN), [true, false, true, false]);
  const { bValues, n, values, scale } = signals;
  const untested = atTruth(signals);
  testResiduals({ bValues, n, values, scale }, untested, { parameters: 2 });
  assert.ok(untested.p!.every(Number.isNaN) && untested.status.every((status) => status === 0));
  assert.is(poorFitShare(untested), undefined);
  // Two signals and two parameters leave nothing to test.
  testResiduals(signals, untested, { parameters: 8 });
  assert.ok(untested.p!.every(Number.isNaN));
});

test('fitters without one of D, f and Dp are not tested', async () => {
  const testOf = async (name: string) => residualTestOf((await loadFitter(name)).value);
  assert.is(await testOf('sivim'), undefined);
  assert.is(await testOf('triexponential'), undefined);
  assert.ok((await testOf('ls'))!.parameters >= 2);
});

test.run();
