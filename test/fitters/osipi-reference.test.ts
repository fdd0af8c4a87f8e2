import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Status } from '../../src/contracts/voxels.ts';
import osipiReference from '../../src/fitters/osipi-reference.ts';
import { asSignals, estimate, referenceVoxels, STUDY } from './reference-voxels.ts';

const test = suite('fitters/osipi-reference');

/**
 * D, f and Dp of reference voxels 0 to 3 at sigma 75 by a program of its own in Python: fifty reweightings of the line, then the best
 * of 200,001 values of Dp from 0.005 to 0.2 mm²/s.
 */
const BY_HAND = [
  [0.0011562304853669628, 0.027260567845783346, 0.2],
  [0.0010479282442169742, 0.06403657898635406, 0.07581815],
  [0.0012400508657850046, 0.20543153196488462, 0.01231835],
  [0.0007307098032612581, 0.45594581338899587, 0.01919795],
] as const;

test('the steps of OSIPI’s code, by another program', async () => {
  const out = await estimate(osipiReference, referenceVoxels(75).signals);
  BY_HAND.forEach(([D, f, Dp], i) => {
    assert.ok(Math.abs(out.D[i] / D - 1) < 1e-9, `D of voxel ${i}: ${out.D[i]}`);
    assert.ok(Math.abs(out.f[i] / f - 1) < 1e-9, `f of voxel ${i}: ${out.f[i]}`);
    assert.ok(Math.abs(out.Dp[i] - Dp) < 1e-6, `Dp of voxel ${i}: ${out.Dp[i]}`);
  });
  assert.is(out.status[0], Status.atBound);
  assert.is(out.status[1], Status.converged);
});

test('bounds are broad by default: a lesion with f 0.6 and D 0.0005 is not restricted', async () => {
  const lesion = STUDY.map((b) => 0.6 * Math.exp(-b * 0.15) + 0.4 * Math.exp(-b * 0.0005));
  const out = await estimate(osipiReference, asSignals(STUDY, lesion));
  assert.ok(Math.abs(out.f[0] - 0.6) < 1e-6 && Math.abs(out.D[0] / 0.0005 - 1) < 1e-5);
  assert.ok(Math.abs(out.Dp[0] / 0.15 - 1) < 1e-3);
});

test('D and f are moved to their bounds, as OSIPI’s code does, not fitted again', async () => {
  const { signals } = referenceVoxels(75);
  const free = await estimate(osipiReference, signals);
  const bounded = await estimate(osipiReference, signals, { bounds: { D: [0, 0.001], Dp: [0.005, 0.2] } });
  assert.is(bounded.D[0], 0.001);
  assert.is(bounded.f[0], free.f[0]);
  assert.is(bounded.status[0], Status.atBound);
});

test('signals without a logarithm are left out; with one left there is no line', async () => {
  const row = STUDY.map((b) => 0.2 * Math.exp(-b * 0.15) + 0.8 * Math.exp(-b * 0.001));
  const rows = Float64Array.of(...row.with(6, -0.01), ...row.with(6, 0).with(7, 0));
  const out = await estimate(osipiReference, asSignals(STUDY, rows));
  assert.ok(Math.abs(out.D[0] / 0.001 - 1) < 1e-6);
  assert.is(out.status[1], Status.notConverged);
});

test.run();
