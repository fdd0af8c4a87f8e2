import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';
import { Status } from '../../src/contracts/voxels.ts';
import segmented from '../../src/fitters/segmented.ts';
import { asSignals, estimate, referenceVoxels, STUDY } from './reference-voxels.ts';

const test = suite('fitters/segmented');

const near = (found: number, known: number, relative: number) =>
  assert.ok(Math.abs(found / known - 1) <= relative, `${found} is not ${known}`);

const decay = (D: number, f: number, Dp: number) =>
  asSignals(
    STUDY,
    STUDY.map((b) => f * Math.exp(-b * Dp) + (1 - f) * Math.exp(-b * D)),
  );

test('is exact where perfusion is gone at the threshold', async () => {
  const out = await estimate(segmented, decay(0.0011, 0.23, 0.09));
  near(out.D[0], 0.0011, 1e-8);
  near(out.f[0], 0.23, 1e-8);
  near(out.Dp[0], 0.09, 1e-8);
  assert.is(out.status[0], Status.converged);
});

test('takes D and f from the threshold on, and nothing else', async () => {
  // Through two points the first step is exact: D = ln(S1 / S2) / (b2 - b1), 1 - f = S1 exp(b1 D).
  const { signals } = referenceVoxels(15);
  const out = await estimate(segmented, signals, { threshold: 500 });
  for (let i = 0; i < 20; i++) {
    const s500 = signals.values[i * 8 + 6];
    const s1000 = signals.values[i * 8 + 7];
    const D = Math.log(s500 / s1000) / 500;
    near(out.D[i], D, 1e-7);
    near(1 - out.f[i], s500 * Math.exp(500 * D), 1e-7);
  }
});

test('counts a b-value on the threshold as above it', async () => {
  const { signals } = referenceVoxels(15);
  const at = await estimate(segmented, signals, { threshold: 300 });
  const below = await estimate(segmented, signals, { threshold: 250 });
  const above = await estimate(segmented, signals, { threshold: 300.5 });
  assert.equal(at.D, below.D);
  assert.not.equal(at.D, above.D);
});

// SciPy 1.17.1 on reference voxels at sigma 75, both steps by curve_fit with bounds 0..1 from several starts, the least
// sum of squares of each step kept; (voxel, D, f, Dp).
const SCIPY: readonly (readonly [number, number, number, number])[] = [
  [0, 0.0011542848863968292, 0.02725209532952899, 0.9999999999999584],
  [1, 0.0010456808856061923, 0.06352297447679633, 0.0763000921301284],
  [2, 0.0012344719081095743, 0.20581156962402158, 0.012349439496937372],
  [3, 0.0007302875484450478, 0.45506379021216237, 0.019295022689472602],
  [4, 0.001167536563909877, 0.10089359545312093, 0.9999999999999968],
  [5, 0.0012175357887677307, 0.19612848877774836, 0.17817156974534154],
];

test("has SciPy's answers to both steps", async () => {
  const out = await estimate(segmented, referenceVoxels(75).signals);
  for (const [i, D, f, Dp] of SCIPY) {
    near(out.D[i], D, 1e-5);
    near(out.f[i], f, 1e-5);
    near(out.Dp[i], Dp, 1e-4);
  }
});

test('stays within bounds and says so', async () => {
  const { signals } = referenceVoxels(150);
  const bounds = { D: [0.0006, 0.0015], f: [0.05, 0.4], Dp: [0.005, 0.05] } as const;
  const out = await estimate(segmented, signals, { bounds });
  let bound = 0;
  for (let i = 0; i < out.n; i++) {
    let free = true;
    for (const parameter of ['D', 'f', 'Dp'] as const) {
      const [low, high] = bounds[parameter];
      const x = out[parameter][i];
      assert.ok(x >= low && x <= high, `voxel ${i}: ${parameter} is ${x}`);
      if (x === low || x === high) free = false;
    }
    assert.is(out.status[i], free ? Status.converged : Status.atBound);
    if (!free) bound++;
  }
  assert.ok(bound > 20 && bound < 200, `${bound} at a bound`);
});

test('leaves Dp at D where there is no perfusion', async () => {
  const out = await estimate(
    segmented,
    asSignals(
      STUDY,
      STUDY.map((b) => 1.02 * Math.exp(-b * 0.001)),
    ),
  );
  assert.is(out.f[0], 0);
  assert.is(out.Dp[0], out.D[0]);
  assert.is(out.status[0], Status.atBound);
});

test('refuses a protocol with fewer than two b-values from the threshold on', async () => {
  const { signals } = referenceVoxels(15);
  try {
    await estimate(segmented, signals, { threshold: 600 });
  } catch (error) {
    assert.instance(error, InputError);
    assert.match(
      (error as Error).message,
      /threshold 600 s\/mm² leaves 1 of the b-values 0, 10, 20, 60, 150, 300, 500, 1000/,
    );
    return;
  }
  assert.unreachable('nothing was refused');
});

test.run();
