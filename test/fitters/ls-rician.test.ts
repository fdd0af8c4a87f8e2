import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failedFrom, Status } from '../../src/contracts/voxels.ts';
import lsRician from '../../src/fitters/ls-rician.ts';
import lsS0 from '../../src/fitters/ls-s0.ts';
import { voxels } from '../../src/conformance/voxels.ts';
import { estimate, referenceVoxels, STUDY } from './reference-voxels.ts';

const test = suite('fitters/ls-rician');

// SciPy 1.17.1 on reference voxels at sigma 75: minimize(L-BFGS-B) of the Rician -log L (scipy.special.i0e) with sigma
// 0.05 under the default bounds from 18 starts, the least kept; (S0, D, f, Dp).
const SCIPY: readonly (readonly number[])[] = [
  [0.99382009, 0.0010900152, 0.055551867, 0.2],
  [1.0250205, 0.00076521465, 0.24069334, 0.034121284],
  [1.0234825, 0.0010856013, 0.30835667, 0.0098906786],
  [1.007082, 0.00097599403, 0.37363643, 0.030605904],
  [0.99828049, 0.0009180065, 0.22815079, 0.11705823],
  [0.99758384, 0.001294061, 0.19333954, 0.18647527],
];

test("has SciPy's maximum of the likelihood", async () => {
  const { signals } = referenceVoxels(75);
  const out = await estimate(lsRician, { ...signals, sigma: new Float64Array(signals.n).fill(0.05) });
  SCIPY.forEach(([S0, D, f, Dp], i) => {
    assert.ok(Math.abs(out.S0[i] / S0 - 1) < 1e-5, `voxel ${i}: S0 ${out.S0[i]}`);
    assert.ok(Math.abs(out.D[i] / D - 1) < 1e-4, `voxel ${i}: D ${out.D[i]}`);
    assert.ok(Math.abs(out.f[i] / f - 1) < 1e-4, `voxel ${i}: f ${out.f[i]}`);
    assert.ok(Math.abs(out.Dp[i] / Dp - 1) < 1e-3, `voxel ${i}: Dp ${out.Dp[i]}`);
  });
  assert.is(out.status[0], Status.atBound);
  assert.is(out.status[1], Status.converged);
});

test('becomes least squares as the noise goes', async () => {
  const { signals } = referenceVoxels(15);
  const likelihood = await estimate(lsRician, { ...signals, sigma: new Float64Array(signals.n) });
  const squares = await estimate(lsS0, signals);
  for (let i = 0; i < 50; i++) {
    assert.ok(Math.abs(likelihood.D[i] / squares.D[i] - 1) < 1e-3, `${likelihood.D[i]}, ${squares.D[i]}`);
    assert.ok(Math.abs(likelihood.f[i] / squares.f[i] - 1) < 1e-3, `${likelihood.f[i]}, ${squares.f[i]}`);
  }
});

test('takes the noise floor out of D, which least squares leave too low', async () => {
  // Signals down to the noise: at b=1000 and D = 0.002 0.1 S0 is left, at an SNR of 8.
  const { signals, truth } = voxels(STUDY, 3000, 8, 77);
  const bias = (D: Float64Array, status: Uint8Array) => {
    const off = Array.from(D, (x, i) => x - truth.D[i]).filter(
      (_, i) => status[i] === Status.converged && truth.D[i] > 0.0015,
    );
    const mean = off.reduce((sum, x) => sum + x, 0) / off.length;
    return mean;
  };
  const squares = await estimate(lsS0, signals);
  const likelihood = await estimate(lsRician, signals);
  const before = bias(squares.D, squares.status);
  const after = bias(likelihood.D, likelihood.status);
  assert.ok(after > before, `${after} is not above ${before}`);
  assert.ok(Math.abs(after) < 0.5 * Math.abs(before), `bias ${after}, of least squares ${before}`);
});

test('fails voxels whose noise level is no number from 0 up, and none besides', async () => {
  const { signals } = voxels(STUDY, 6, 20, 5);
  const out = await estimate(lsRician, {
    ...signals,
    sigma: Float64Array.of(NaN, -1, Infinity, 0, 0.05, 1),
  });
  assert.equal([...out.status.slice(0, 3)], [Status.notFinite, Status.notFinite, Status.notFinite]);
  for (let i = 3; i < 6; i++) assert.ok(out.status[i] < failedFrom, `voxel ${i}: status ${out.status[i]}`);
});

test('says what it needs where the noise level is missing', async () => {
  const error = await estimate(lsRician, referenceVoxels(75).signals).catch((reason: unknown) => reason);
  assert.match((error as Error).message, /ls-rician needs the noise level of every voxel/);
});

test.run();
