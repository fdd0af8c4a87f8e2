import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';
import segmentedS0 from '../../src/fitters/segmented-s0.ts';
import { asSignals, estimate, referenceVoxels, STUDY } from './reference-voxels.ts';

const test = suite('fitters/segmented-s0');

// SciPy 1.17.1 on reference voxels at sigma 75: least_squares for the first step (three starts, the least kept), then
// curve_fit from OSIPI's first guess with the fitter's bounds; (D, S0, f, Dp).
const SCIPY: readonly (readonly number[])[] = [
  [0.0011542847429211697, 0.9939336607, 0.04468572853, 0.2],
  [0.0010456811380715814, 1.020095201, 0.1737727343, 0.04331622325],
  [0.0012344720825779338, 1.02678159, 0.250208264, 0.01250265526],
  [0.0007302875241040174, 0.9965424726, 0.4250372073, 0.02215085561],
  [0.0011675366786169416, 1.000103518, 0.1860245403, 0.2],
  [0.0012175358101591688, 0.9958085289, 0.2058390844, 0.1252531892],
];

test("has SciPy's answers to two steps", async () => {
  const out = await estimate(segmentedS0, referenceVoxels(75).signals);
  SCIPY.forEach(([D, S0, f, Dp], i) => {
    assert.ok(Math.abs(out.D[i] / D - 1) < 1e-6, `voxel ${i}: D ${out.D[i]}`);
    assert.ok(Math.abs(out.S0[i] / S0 - 1) < 1e-6, `voxel ${i}: S0 ${out.S0[i]}`);
    assert.ok(Math.abs(out.f[i] / f - 1) < 1e-6, `voxel ${i}: f ${out.f[i]}`);
    assert.ok(Math.abs(out.Dp[i] / Dp - 1) < 1e-5, `voxel ${i}: Dp ${out.Dp[i]}`);
  });
});

test('three steps end where two do wherever there is one minimum', async () => {
  const { signals } = referenceVoxels(15);
  const two = await estimate(segmentedS0, signals, { steps: 2 });
  const three = await estimate(segmentedS0, signals, { steps: 3 });
  assert.equal(three.D, two.D);
  const apart = Array.from(two.f).filter((f, i) => Math.abs(three.f[i] - f) > 1e-4).length;
  assert.ok(apart <= 2, `${apart} of ${signals.n} differ`);
  assert.not.equal(three.f, two.f, 'from another start');
});

test('is exact where perfusion is gone at the threshold', async () => {
  const decay = STUDY.map((b) => 0.23 * Math.exp(-b * 0.09) + 0.77 * Math.exp(-b * 0.0011));
  for (const steps of [2, 3]) {
    const out = await estimate(segmentedS0, asSignals(STUDY, decay), { steps });
    assert.ok(Math.abs(out.D[0] / 0.0011 - 1) < 1e-7);
    assert.ok(Math.abs(out.f[0] / 0.23 - 1) < 1e-6);
    assert.ok(Math.abs(out.Dp[0] / 0.09 - 1) < 1e-6);
    assert.ok(Math.abs(out.S0[0] - 1) < 1e-7);
  }
});

test('refuses protocols that leave a step without b-values', async () => {
  const { signals } = referenceVoxels(15);
  for (const [settings, message] of [
    [{ threshold: 800 }, /segmented-s0: threshold 800 s\/mm² leaves 1 of the b-values/],
    [{ steps: 3, perfusionUpTo: 15 }, /segmented-s0: perfusionUpTo 15 s\/mm² leaves 1 of the b-values/],
  ] as const) {
    const error = await estimate(segmentedS0, signals, settings).catch((reason: unknown) => reason);
    assert.instance(error, InputError);
    assert.match((error as Error).message, message);
  }
});

test.run();
