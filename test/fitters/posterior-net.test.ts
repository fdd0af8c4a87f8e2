import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';
import { allocateEstimates, PARAMETERS, QUANTILE_LEVELS, Status } from '../../src/contracts/voxels.ts';
import type { Estimates, Signals } from '../../src/contracts/voxels.ts';
import mmse from '../../src/fitters/mmse.ts';
import posteriorNet from '../../src/fitters/posterior-net.ts';
import { STUDY_B } from '../solvers/study-voxels.ts';
import { rmse, STUDY_TISSUE, studyPhantom } from './study-phantom.ts';

const test = suite('fitters/posterior-net');

const task = { bValues: STUDY_B, seed: 3, tissue: STUDY_TISSUE };
const settingsOf = (given: object) => posteriorNet.settings!.parse(given);
const trained = await posteriorNet.prepare(task, settingsOf({ epochs: 30 }));

async function fit(signals: Signals, ready = trained): Promise<Estimates> {
  const out = allocateEstimates(signals.n, { sd: true, quantiles: true });
  await ready.fit(signals, out);
  return out;
}

test('after a fifth of its training it is within 4 % of the posterior mean it learns', async () => {
  const exact = await mmse.prepare(task, { likelihood: 'gaussian', S0: 'unknown' });
  for (const sigma of [45, 90]) {
    const { signals, truth } = studyPhantom(sigma, 4000);
    const [found, floor] = [await fit(signals), await fit(signals, exact)];
    for (const name of PARAMETERS) {
      const ratio = rmse(found[name], truth[name]) / rmse(floor[name], truth[name]);
      assert.ok(ratio < 1.04, `sigma ${sigma}, ${name}: ${ratio} of the floor`);
      const sds = found.sd![name].map((sd, i) => sd / floor.sd![name][i]).sort();
      assert.ok(Math.abs(sds[2000] - 1) < 0.1, `sigma ${sigma}, sd of ${name}: typically ${sds[2000]}`);
    }
  }
});

test('its intervals hold the truth about as often as they say', async () => {
  for (const sigma of [30, 75, 150]) {
    const { signals, truth } = studyPhantom(sigma, 4000);
    const { quantiles } = await fit(signals);
    for (const name of PARAMETERS) {
      [0.95, 0.8, 0.5].forEach((nominal, k) => {
        let within = 0;
        for (let i = 0; i < signals.n; i++) {
          const row = quantiles![name].subarray(i * QUANTILE_LEVELS.length, (i + 1) * QUANTILE_LEVELS.length);
          if (row[k] <= truth[name][i] && truth[name][i] <= row[6 - k]) within++;
        }
        // Three standard errors of 4,000 voxels, and what a short training leaves.
        assert.ok(
          Math.abs(within / signals.n - nominal) < 0.025 + 0.03,
          `${sigma}, ${name}, ${nominal}: ${within}`,
        );
      });
    }
  }
});

test('quantiles ascend inside the prior, whatever the signals', async () => {
  const { signals } = studyPhantom(150, 500);
  const odd = signals.values.map((value, k) => (k % 8 === 0 ? 1 : value * ((k * 7919) % 13) - 1));
  const { quantiles, status } = await fit({ ...signals, values: odd });
  const width = QUANTILE_LEVELS.length;
  for (const name of PARAMETERS) {
    const [low, high] = (STUDY_TISSUE[name] as { uniform: readonly [number, number] }).uniform;
    quantiles![name].forEach((value, k) => {
      if (status[Math.floor(k / width)] === Status.background) return assert.ok(Number.isNaN(value));
      assert.ok(value >= low && value <= high);
      if (k % width > 0) assert.ok(value >= quantiles![name][k - 1]);
    });
  }
});

test('says what is outside of what it was trained for', async () => {
  const { signals } = studyPhantom(30, 200);
  const usual = await fit(signals);
  assert.is(usual.status.filter((status) => status === Status.converged).length, 200);
  const noise = (factor: number) => ({ ...signals, sigma: signals.sigma!.map((sigma) => factor * sigma) });
  assert.ok((await fit(noise(0.1))).status.every((status) => status === Status.outOfRange));
  assert.ok((await fit(noise(30))).status.every((status) => status === Status.outOfRange));
});

test('a saved network answers to the bit as the trained one, and only for its protocol and fitter', async () => {
  const model = await trained.save!();
  const { signals } = studyPhantom(75, 300);
  const again = await posteriorNet.prepare({ ...task, tissue: undefined, model }, settingsOf({}));
  assert.equal(await fit(signals, again), await fit(signals));
  assert.equal(await again.save!(), model);
  try {
    await posteriorNet.prepare({ ...task, bValues: Float64Array.of(0, 100, 800), model }, settingsOf({}));
    assert.unreachable();
  } catch (error) {
    assert.instance(error, InputError);
    assert.match((error as Error).message, /trained for b-values 0, 10, 20.* have 0, 100, 800/);
  }
});

test('not told the noise level it asks for none and does not look at it', async () => {
  const settings = settingsOf({ epochs: 2, sigma: 'unknown' });
  assert.equal(typeof posteriorNet.needs === 'function' && posteriorNet.needs(settings), ['tissue']);
  const ready = await posteriorNet.prepare(task, settings);
  const { signals } = studyPhantom(60, 50);
  const { bValues, n, values, scale } = signals;
  assert.equal(await fit({ bValues, n, values, scale }, ready), await fit(signals, ready));
});

test('refuses to work without the tissue, the noise level, or a range of noise', async () => {
  try {
    await posteriorNet.prepare({ bValues: STUDY_B, seed: 1 }, settingsOf({}));
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, /posterior-net needs the distribution the tissue comes from/);
  }
  const { bValues, n, values, scale } = studyPhantom(75, 2).signals;
  assert.throws(
    () => trained.fit({ bValues, n, values, scale }, allocateEstimates(2)),
    (error: unknown) => error instanceof InputError && /noise level of every voxel/.test(error.message),
  );
  assert.not(posteriorNet.settings!.safeParse({ lowestSnr: 50, highestSnr: 20 }).success);
});

test.run();
