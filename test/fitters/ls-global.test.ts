import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';
import { failedFrom, Status } from '../../src/contracts/voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import lsGlobal from '../../src/fitters/ls-global.ts';
import ls from '../../src/fitters/ls.ts';
import { asSignals, estimate, referenceVoxels, STUDY, sumOfSquares } from './reference-voxels.ts';

const test = suite('fitters/ls-global');

for (const sigma of [15, 75, 150] as const) {
  test(`is nowhere above SciPy's sum of squares on the reference voxels at sigma ${sigma}`, async () => {
    const { signals, sse } = referenceVoxels(sigma);
    const out = await estimate(lsGlobal, signals);
    for (let i = 0; i < signals.n; i++) {
      const found = sumOfSquares(signals, i, out.D[i], out.f[i], out.Dp[i]);
      assert.ok(found <= sse[i] * (1 + 1e-6), `voxel ${i}: ${found} above ${sse[i]}`);
    }
  });
}

const phantom = (sigma: number, n: number, bValues = STUDY) =>
  simulatePhantom({
    bValues,
    voxels: n,
    S0: 1500,
    tissue: { Dp: { uniform: [0.01, 0.1] }, D: { uniform: [0.0005, 0.002] }, f: { uniform: [0.1, 0.4] } },
    sigma: { constant: sigma },
    seeds: { parameters: 5, noise: 6 },
  }).signals;

test('is nowhere above the local minimum that one start finds', async () => {
  for (const sigma of [45, 105, 150]) {
    const signals = phantom(sigma, 3000);
    const local = await estimate(ls, signals);
    const out = await estimate(lsGlobal, signals);
    let above = 0;
    let below = 0;
    for (let i = 0; i < signals.n; i++) {
      if (local.status[i] >= failedFrom) continue;
      const one = sumOfSquares(signals, i, local.D[i], local.f[i], local.Dp[i]);
      const global = sumOfSquares(signals, i, out.D[i], out.f[i], out.Dp[i]);
      if (global > one * (1 + 1e-6)) above++;
      if (global < one * (1 - 1e-6)) below++;
    }
    assert.ok(above <= 1, `sigma ${sigma}: ${above} of 3,000 above; 99.9 % is asked for`);
    assert.ok(below > 0, 'and below it somewhere, or it would not be global');
  }
});

/** The least sum of squares over a fine grid of rates, f at its best: no solver, no start. */
function bruteForce(
  y: Float64Array,
  bValues: Float64Array,
  bounds: { D: [number, number]; f: [number, number]; Dp: [number, number] },
): number {
  const b = bValues.slice(1);
  const rates = ([low, high]: [number, number]) => [
    low,
    ...Array.from({ length: 150 }, (_, k) => 1e-5 * 1e5 ** (k / 149)).filter((r) => r > low && r < high),
    high,
  ];
  const decays = (list: number[]) => list.map((rate) => b.map((b) => Math.exp(-b * rate)));
  const slow = rates(bounds.D);
  const fast = rates(bounds.Dp);
  const e = decays(slow);
  const p = decays(fast);
  let least = Infinity;
  for (let i = 0; i < slow.length; i++) {
    for (let j = 0; j < fast.length; j++) {
      if (fast[j] < slow[i]) continue;
      let distance = 0;
      let projection = 0;
      for (let k = 0; k < b.length; k++) {
        distance += (p[j][k] - e[i][k]) ** 2;
        projection += (p[j][k] - e[i][k]) * (y[k + 1] - e[i][k]);
      }
      const f = Math.min(bounds.f[1], Math.max(bounds.f[0], distance > 0 ? projection / distance : 0));
      let sse = 0;
      for (let k = 0; k < b.length; k++) sse += (f * p[j][k] + (1 - f) * e[i][k] - y[k + 1]) ** 2;
      if (sse < least) least = sse;
    }
  }
  return least;
}

const anyBounds = fc.constantFrom<{ D: [number, number]; f: [number, number]; Dp: [number, number] }>(
  { D: [0, 1], f: [0, 1], Dp: [0, 1] },
  { D: [0, 0.005], f: [0, 0.7], Dp: [0.005, 0.2] },
  { D: [0.0003, 0.004], f: [0.05, 0.6], Dp: [0.002, 0.3] },
  { D: [0, 0.01], f: [0, 1], Dp: [0, 0.1] },
  { D: [0, 3], f: [0, 1], Dp: [0, 3] },
);
const anyProtocol = fc.constantFrom(
  STUDY,
  Float64Array.of(0, 50, 400, 800),
  Float64Array.of(0, 7, 13.5, 41.25, 97, 211, 499, 997),
  Float64Array.of(0, 3.3, 17.77, 101.3, 555.5, 901.1),
  Float64Array.of(0, 1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 250, 350, 400, 550, 700, 850, 1000),
  Float64Array.from({ length: 100 }, (_, k) => 10 * k),
  Float64Array.of(0, 800, 1600, 3000),
);
const anySignals = fc.record({
  D: fc.double({ min: 0, max: 0.006, noNaN: true }),
  f: fc.double({ min: 0, max: 1, noNaN: true }),
  Dp: fc.double({ min: 0.001, max: 0.3, noNaN: true }),
  noise: fc.constantFrom(0, 0.003, 0.03, 0.1, 0.4),
  draws: fc.array(fc.double({ min: -1.7, max: 1.7, noNaN: true }), { minLength: 100, maxLength: 100 }),
});

test('is within its bounds, in order, and not above a fine grid, for any bounds, protocol and signals', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyBounds,
      anyProtocol,
      anySignals,
      async (bounds, bValues, { D, f, Dp, noise, draws }) => {
        const y = bValues.map((b, k) =>
          k === 0 ? 1 : f * Math.exp(-b * Dp) + (1 - f) * Math.exp(-b * D) + noise * draws[k],
        );
        const signals = asSignals(bValues, y);
        const out = await estimate(lsGlobal, signals, { bounds });
        assert.ok(out.status[0] < failedFrom, `status ${out.status[0]}`);
        for (const parameter of ['D', 'f', 'Dp'] as const) {
          const [low, high] = bounds[parameter];
          assert.ok(
            out[parameter][0] >= low && out[parameter][0] <= high,
            `${parameter} ${out[parameter][0]}`,
          );
        }
        assert.ok(out.Dp[0] >= out.D[0], `Dp ${out.Dp[0]} below D ${out.D[0]}`);
        const found = sumOfSquares(signals, 0, out.D[0], out.f[0], out.Dp[0]);
        const grid = bruteForce(y, bValues, bounds);
        assert.ok(found <= grid * (1 + 1e-6) + 1e-15, `${found} above ${grid}`);
      },
    ),
    { seed: 20, numRuns: 150 },
  );
});

test('is within its bounds and in order on the study at every noise level', async () => {
  for (const sigma of [15, 75, 150, 600]) {
    const out = await estimate(lsGlobal, phantom(sigma, 10_000));
    for (let i = 0; i < out.n; i++) {
      assert.ok(out.status[i] === Status.converged || out.status[i] === Status.atBound, `voxel ${i}`);
      assert.ok(out.D[i] >= 0 && out.Dp[i] >= out.D[i] && out.Dp[i] <= 1, `voxel ${i}`);
      assert.ok(out.f[i] >= 0 && out.f[i] <= 1, `voxel ${i}`);
    }
  }
});

test('gets past a saddle that the descent leaves by steps of a tenth of a percent', async () => {
  const signals = asSignals(
    STUDY,
    Float64Array.of(
      1,
      0.7575530837207399,
      0.8057561641892594,
      0.6565599175247964,
      0.5585319316577853,
      0.36459518715647443,
      0.3357568575405114,
      0.16378745863033353,
    ),
  );
  const out = await estimate(lsGlobal, signals);
  assert.is(out.status[0], Status.converged);
  const bounds: [number, number] = [0, 1];
  const found = sumOfSquares(signals, 0, out.D[0], out.f[0], out.Dp[0]);
  assert.ok(found <= bruteForce(signals.values, STUDY, { D: bounds, f: bounds, Dp: bounds }));
});

test('calls one decay by one name: no perfusion', async () => {
  const signals = asSignals(
    STUDY,
    STUDY.map((b) => Math.exp(-b * 1.3e-3)),
  );
  const out = await estimate(lsGlobal, signals);
  assert.ok(Math.abs(out.D[0] / 1.3e-3 - 1) < 1e-6, `${out.D[0]}`);
  assert.ok(sumOfSquares(signals, 0, out.D[0], out.f[0], out.Dp[0]) < 1e-20);
  const bent = asSignals(
    STUDY,
    STUDY.map((b) => Math.exp(-b * 1.3e-3 - (b * 6e-4) ** 2)),
  );
  const one = await estimate(lsGlobal, bent);
  assert.is(one.f[0], 0);
  assert.is(one.Dp[0], one.D[0]);
  assert.is(one.status[0], Status.atBound);
});

test('has the standard deviations of ls where both end in the same place', async () => {
  const { signals } = referenceVoxels(15);
  const [out, local] = [await estimate(lsGlobal, signals), await estimate(ls, signals)];
  for (let i = 0; i < signals.n; i++) {
    assert.ok(Math.abs(out.sd!.Dp[i] / local.sd!.Dp[i] - 1) < 1e-2, `voxel ${i}`);
    assert.ok(Math.abs(out.sd!.D[i] / local.sd!.D[i] - 1) < 1e-2, `voxel ${i}`);
  }
});

test('refuses bounds that leave Dp no room above D', async () => {
  const { signals } = referenceVoxels(15);
  try {
    await estimate(lsGlobal, signals, { bounds: { D: [0.1, 0.2], Dp: [0.01, 0.1] } });
  } catch (error) {
    assert.instance(error, InputError);
    assert.match((error as Error).message, /ls-global: bounds of D start at 0.1/);
    return;
  }
  assert.unreachable('nothing was refused');
});

test.run();
