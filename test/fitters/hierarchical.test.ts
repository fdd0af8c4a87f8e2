import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allocateEstimates, PARAMETERS, QUANTILE_LEVELS, Status } from '../../src/contracts/voxels.ts';
import type { TissuePrior } from '../../src/contracts/fitter.ts';
import type { Estimates, LabelledSignals, Signals } from '../../src/contracts/voxels.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import hierarchical from '../../src/fitters/hierarchical.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { PosteriorMean } from '../../src/solvers/posterior-mean.ts';

const test = suite('fitters/hierarchical');
const bValues = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const settings = hierarchical.settings!.parse({ sweeps: 200, samples: 800 });
const VOXELS = 300;
const FLAT: TissuePrior = {
  D: { uniform: [0.0001, 0.003] },
  f: { uniform: [0, 0.6] },
  Dp: { logUniform: [0.005, 0.2] },
};

/** Tissue whose voxels differ by 8, 20 and 30 %, at SNR 20. */
function region(D: number, f: number, Dp: number): LabelledSignals {
  const around = (mean: number, cv: number) => ({ normal: { mean, sd: cv * mean } });
  return simulatePhantom({
    ...{ bValues, voxels: VOXELS, S0: 1500, sigma: { constant: 75 } },
    tissue: { D: around(D, 0.08), f: around(f, 0.2), Dp: around(Dp, 0.3) },
    seeds: { parameters: 1, noise: 2 },
  });
}

async function fitted(signals: Signals): Promise<Estimates> {
  const ready = await hierarchical.prepare({ bValues, seed: 3, allVoxels: async () => signals }, settings);
  const out = allocateEstimates(signals.n, { sd: true, quantiles: true });
  await ready.fit(signals, out);
  return out;
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

for (const [name, D, f, Dp] of [
  ['renal cortex', 0.00209, 0.1, 0.02],
  ['pancreas', 0.0013, 0.15, 0.02],
  ['grey matter', 0.00083, 0.06, 0.012],
] as const) {
  test(`region means of f and Dp of ${name} have at most a third of the bias with a flat prior`, async () => {
    const { signals, truth } = region(D, f, Dp);
    const out = await fitted(signals);
    const fixed = { f: new Float64Array(VOXELS), Dp: new Float64Array(VOXELS) };
    const posterior = new PosteriorMean(bValues, FLAT, 'rician');
    for (let i = 0; i < VOXELS; i++) {
      posterior.integrate(signals.values, i * bValues.length, signals.sigma![i]);
      fixed.f[i] = posterior.f;
      fixed.Dp[i] = posterior.Dp;
    }
    for (const parameter of ['f', 'Dp'] as const) {
      const bias = Math.abs(mean(out[parameter]) / mean(truth[parameter]) - 1);
      const before = Math.abs(mean(fixed[parameter]) / mean(truth[parameter]) - 1);
      assert.ok(bias < before / 3, `${parameter}: ${bias} after ${before}`);
    }
    assert.ok(Math.abs(mean(out.D) / mean(truth.D) - 1) < 0.02, `D ${mean(out.D)}`);
    // 300 voxels share one prior, whose own error moves all intervals together: wider than a binomial interval.
    for (const parameter of PARAMETERS) {
      const width = QUANTILE_LEVELS.length;
      const held = truth[parameter].filter(
        (value, i) =>
          out.quantiles![parameter][i * width] <= value &&
          value <= out.quantiles![parameter][i * width + width - 1],
      ).length;
      assert.ok(held / VOXELS > 0.88, `${parameter}: ${held} of ${VOXELS} held`);
    }
  });
}

test('walks through kinds of tissue of different widths: no voxel of a region is left without an estimate', async () => {
  // A voxel of this region was, when all steps had one length.
  const around = (mean: number, cv: number) => ({ normal: { mean, sd: cv * mean } });
  const { signals } = simulatePhantom({
    ...{ bValues, voxels: 500, S0: 1500, sigma: { constant: 75 } },
    tissue: { D: around(0.0011, 0.08), f: around(0.22, 0.2), Dp: around(0.07, 0.3) },
    seeds: {
      parameters: deriveSeed(2, 'right liver', 'parameters'),
      noise: deriveSeed(2, 'right liver', 'noise'),
    },
  });
  const out = await fitted(signals);
  assert.ok(out.status.every((status) => status === Status.converged));
});

test('is the same whatever else is in the batch, and after a saved prior is loaded', async () => {
  const { signals } = region(0.0013, 0.15, 0.02);
  const task = { bValues, seed: 3, allVoxels: async () => signals };
  const ready = await hierarchical.prepare(task, settings);
  const whole = allocateEstimates(VOXELS, { sd: true });
  await ready.fit(signals, whole);
  const loaded = await hierarchical.prepare({ bValues, seed: 3, model: await ready.save!() }, settings);
  const width = bValues.length;
  const one: Signals = {
    bValues,
    n: 1,
    values: signals.values.slice(7 * width, 8 * width),
    scale: signals.scale.slice(7, 8),
    sigma: signals.sigma!.slice(7, 8),
  };
  const alone = allocateEstimates(1, { sd: true });
  await loaded.fit(one, alone);
  for (const parameter of PARAMETERS) {
    assert.is(alone[parameter][0], whole[parameter][7]);
    assert.is(alone.sd![parameter][0], whole.sd![parameter][7]);
  }
});

test('fits tissue whose D and Dp cannot be told apart, and learns from scans with voxels that have no signal', async () => {
  const { signals } = region(0.003, 0.07, 0.004);
  const values = signals.values.slice();
  values.fill(-1, 0, 8 * bValues.length);
  const out = await fitted({ ...signals, values });
  assert.ok(out.status.subarray(0, 8).every((status) => status === Status.background));
  assert.ok(out.status.subarray(8).every((status) => status === Status.converged));
});

test('refuses too few voxels and a damaged prior; voxels without signal are marked', async () => {
  const { signals } = region(0.0013, 0.15, 0.02);
  const few: Signals = { ...signals, n: 5 };
  await rejects(
    hierarchical.prepare({ bValues, seed: 1, allVoxels: async () => few }, settings),
    /at least 10 voxels, and only 5 of 5 have a signal/,
  );
  const files = new Map([
    ['prior.json', new TextEncoder().encode('{"used":9,"of":9,"weights":[1],"means":[1],"precisions":[1]}')],
  ]);
  await rejects(
    hierarchical.prepare({ bValues, seed: 1, model: { files } }, settings),
    /prior.json of the saved model: 1 weights need 3 means/,
  );
  const ready = await hierarchical.prepare({ bValues, seed: 1, allVoxels: async () => signals }, settings);
  const values = Float64Array.from([...new Array<number>(8).fill(-1), ...new Array<number>(8).fill(NaN)]);
  const odd: Signals = {
    bValues,
    n: 2,
    values,
    scale: Float64Array.of(1, 1),
    sigma: Float64Array.of(0.05, 0.05),
  };
  const out = allocateEstimates(2);
  await ready.fit(odd, out);
  assert.equal([...out.status], [Status.background, Status.notFinite]);
  assert.ok(Number.isNaN(out.D[0]) && Number.isNaN(out.D[1]));
});

async function rejects(promise: Promise<unknown>, message: RegExp): Promise<void> {
  try {
    await promise;
  } catch (error) {
    assert.instance(error, InputError);
    assert.match((error as Error).message, message);
    return;
  }
  assert.unreachable('nothing was refused');
}

test.run();
