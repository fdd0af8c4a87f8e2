import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';
import { allocateEstimates, Status } from '../../src/contracts/voxels.ts';
import mmse from '../../src/fitters/mmse.ts';
import { study, STUDY_B } from '../solvers/study-voxels.ts';
import { rmse, STUDY_SIGMAS, STUDY_TISSUE, studyPhantom } from './study-phantom.ts';

const test = suite('fitters/mmse');

const task = { bValues: STUDY_B, seed: 1, tissue: STUDY_TISSUE };
const prepared = await mmse.prepare(task, { likelihood: 'gaussian', S0: 'unknown' });

test('has the study’s Bayes-optimal RMSE to 1 in 1,000 at all ten noise levels, and knows it', async () => {
  for (const sigma of STUDY_SIGMAS) {
    const { signals, truth } = studyPhantom(sigma);
    const out = allocateEstimates(signals.n, { sd: true });
    await prepared.fit(signals, out);
    assert.ok(out.status.every((status) => status === Status.converged));
    const known = study.rmse.bayes_optimal_posterior_mean_known_sigma[String(sigma)];
    for (const [k, name] of (['Dp', 'D', 'f'] as const).entries()) {
      const found = rmse(out[name], truth[name]);
      assert.ok(
        Math.abs(found / known[k] - 1) < 1e-3,
        `sigma ${sigma}, ${name}: ${found} instead of ${known[k]}`,
      );
      // The mean posterior variance is the mean squared error where prior and noise are right; at low SNR
      // the noise is Rician, not Gaussian.
      const promised = Math.sqrt(out.sd![name].reduce((sum, sd) => sum + sd * sd, 0) / signals.n);
      assert.ok(
        Math.abs(promised / found - 1) < (sigma <= 75 ? 0.03 : 0.1),
        `sigma ${sigma}, ${name}: ${promised}`,
      );
    }
    const S0 = out.S0.reduce((sum, value) => sum + value, 0) / signals.n;
    assert.ok(Math.abs(S0 / 1500 - 1) < 0.02, `S0 ${S0}`);
  }
});

test('told that noise is Rician it has a lower error where that matters, and knows it better', async () => {
  const rician = await mmse.prepare(task, { likelihood: 'rician', S0: 'unknown' });
  const { signals, truth } = studyPhantom(150, 3000);
  const [found, plain] = [rician, prepared].map((ready) => {
    const out = allocateEstimates(signals.n, { sd: true });
    void ready.fit(signals, out);
    return out;
  });
  const ratio = rmse(found.D, truth.D) / rmse(plain.D, truth.D);
  assert.ok(ratio < 0.99, `RMSE of D: ${ratio} of that with Gaussian noise`);
  for (const name of ['Dp', 'D', 'f'] as const) {
    const promised = Math.sqrt(found.sd![name].reduce((sum, sd) => sum + sd * sd, 0) / signals.n);
    assert.ok(Math.abs(promised / rmse(found[name], truth[name]) - 1) < 0.03, name);
  }
});

test('a voxel that can’t be fitted is NaN with its reason, and no other voxel changes', async () => {
  const { signals } = studyPhantom(75, 20);
  const good = allocateEstimates(20, { sd: true });
  await prepared.fit(signals, good);
  const values = signals.values.slice();
  const sigma = signals.sigma!.slice();
  values[3 * 8 + 2] = NaN;
  values[5 * 8 + 7] = Infinity;
  sigma[7] = NaN;
  sigma[9] = -0.1;
  const out = allocateEstimates(20, { sd: true });
  await prepared.fit({ ...signals, values, sigma }, out);
  for (let i = 0; i < 20; i++) {
    const bad = [3, 5, 7, 9].includes(i);
    assert.is(out.status[i], bad ? Status.notFinite : Status.converged);
    if (bad) assert.ok(Number.isNaN(out.D[i]) && Number.isNaN(out.S0[i]) && Number.isNaN(out.sd!.D[i]));
    else assert.is(out.D[i], good.D[i]);
  }
});

test('without the noise level or the tissue it says how to give them', async () => {
  try {
    await mmse.prepare({ bValues: STUDY_B, seed: 1 }, { likelihood: 'rician', S0: 'unknown' });
    assert.unreachable('was not refused');
  } catch (error) {
    assert.instance(error, InputError);
    assert.match(
      (error as Error).message,
      /mmse needs the distribution the tissue comes from: give data\.tissue/,
    );
  }
  const { bValues, n, values, scale } = studyPhantom(75, 2).signals;
  assert.throws(
    () => prepared.fit({ bValues, n, values, scale }, allocateEstimates(2)),
    (error: unknown) =>
      error instanceof InputError && /needs the noise level of every voxel/.test(error.message),
  );
});

test.run();
