import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';
import { allocateEstimates, PARAMETERS } from '../../src/contracts/voxels.ts';
import type { LabelledSignals, Signals } from '../../src/contracts/voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import dnnSupervised from '../../src/fitters/dnn-supervised.ts';
import mmse from '../../src/fitters/mmse.ts';
import { STUDY_B } from '../solvers/study-voxels.ts';
import { rmse, STUDY_TISSUE, studyPhantom } from './study-phantom.ts';

const test = suite('fitters/dnn-supervised');

const settingsOf = (given: object) => dnnSupervised.settings!.parse(given);
const taskWith = (voxels: LabelledSignals) => ({
  bValues: STUDY_B,
  seed: 5,
  training: async () => voxels,
});
const lessons = simulatePhantom({
  bValues: STUDY_B,
  voxels: 20_000,
  S0: 1500,
  tissue: STUDY_TISSUE,
  sigma: { constant: 75 },
  seeds: { parameters: 1, noise: 2 },
});
const trained = await dnnSupervised.prepare(taskWith(lessons), settingsOf({ epochs: 60 }));

async function fit(signals: Signals, ready = trained) {
  const out = allocateEstimates(signals.n);
  await ready.fit(signals, out);
  return out;
}

test('trained at one noise level, it is near the posterior mean there, which knows that level', async () => {
  const exact = await mmse.prepare(
    { bValues: STUDY_B, seed: 1, tissue: STUDY_TISSUE },
    { likelihood: 'gaussian', S0: 'unknown' },
  );
  const { signals, truth } = studyPhantom(75);
  const [found, floor] = [await fit(signals), await fit(signals, exact)];
  for (const name of PARAMETERS) {
    const ratio = rmse(found[name], truth[name]) / rmse(floor[name], truth[name]);
    assert.ok(ratio < 1.06, `${name}: ${ratio} of the floor`);
  }
});

test('a saved network answers to the bit as the trained one', async () => {
  const model = await trained.save!();
  const again = await dnnSupervised.prepare({ bValues: STUDY_B, seed: 0, model }, settingsOf({}));
  const { signals } = studyPhantom(60, 100);
  assert.equal(await fit(signals, again), await fit(signals));
});

test('voxels without truth, or none at all, are refused', async () => {
  const unknown = lessons.truth.D.map(() => NaN);
  const voxels = { ...lessons, truth: { ...lessons.truth, D: unknown } };
  for (const [task, message] of [
    [taskWith(voxels), /voxels whose truth is known, and was given none/],
    [{ bValues: STUDY_B, seed: 1 }, /needs voxels to train on/],
  ] as const) {
    try {
      await dnnSupervised.prepare(task, settingsOf({ epochs: 1 }));
      assert.unreachable();
    } catch (error) {
      assert.instance(error, InputError);
      assert.match((error as Error).message, message);
    }
  }
});

test.run();
