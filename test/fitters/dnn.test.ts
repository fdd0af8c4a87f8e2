import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FitTask, SavedModel, TissuePrior } from '../../src/contracts/fitter.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import { allocateEstimates, Status } from '../../src/contracts/voxels.ts';
import type { Estimates, LabelledSignals, Signals } from '../../src/contracts/voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import dnn from '../../src/fitters/dnn.ts';
import { saveNetwork } from '../../src/nets/saved-model.ts';
import { parityInputs, parityLayers, parity, parityOptions } from '../nets/fused-parity-case.ts';

const test = suite('dnn');

const bValues = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const tissue: TissuePrior = {
  Dp: { uniform: [0.01, 0.1] },
  D: { uniform: [0.0005, 0.002] },
  f: { uniform: [0.1, 0.4] },
};

function phantom(
  voxels: number,
  sigma: [number, number],
  parameters: number,
  noise: number,
): LabelledSignals {
  return simulatePhantom({
    bValues,
    voxels,
    S0: 1500,
    tissue,
    sigma: { uniform: sigma },
    seeds: { parameters, noise },
  });
}

const training = phantom(100_000, [0, 165], 123, 456);
const unseen = phantom(5000, [75, 75], 133, 466);
const few = phantom(2000, [0, 165], 5, 6);
const task = (voxels: LabelledSignals, seed = 2): FitTask => ({
  bValues,
  seed,
  tissue,
  training: async () => voxels,
});
const settings = (given: Record<string, unknown> = {}) => dnn.settings!.parse(given);
const quick = settings({ epochs: 3 });

async function fitted(
  prepared: Awaited<ReturnType<typeof dnn.prepare>>,
  signals: Signals,
): Promise<Estimates> {
  const out = allocateEstimates(signals.n);
  await prepared.fit(signals, out);
  return out;
}

/** A saved model with the weights of PyTorch, whose outputs for the first voxels are known. */
function known(outputs: ['Dp', 'D', 'f'] | ['D', 'Dp', '1 - f'] = ['Dp', 'D', 'f']): Promise<SavedModel> {
  return saveNetwork(
    {
      fitter: 'dnn',
      bValues: [...bValues],
      network: parityOptions.network,
      outputs,
      training: {
        voxels: 0,
        origin: 'simulated',
        settings: {},
        seed: 0,
        stoppedBy: 'epochs',
        bestEpoch: 0,
        losses: [],
      },
      versions: {},
    },
    parityLayers(parity.weights),
  );
}

function signalsOf(rows: readonly (readonly number[])[], scale = rows.map(() => 1)): Signals {
  return {
    bValues,
    n: rows.length,
    values: Float64Array.from(rows.flatMap((row) => [1, ...row])),
    scale: Float64Array.from(scale),
  };
}
const parityRows = [0, 1, 2].map((row) => [...parityInputs.subarray(row * 7, row * 7 + 7)]);

test('trained on 100,000 voxels it has the accuracy of the study at SNR 20', async () => {
  const errors: Record<'D' | 'f' | 'Dp', number[]> = { D: [], f: [], Dp: [] };
  for (const seed of [1, 2, 3]) {
    const prepared = await dnn.prepare(task(training, seed), settings());
    const out = await fitted(prepared, unseen.signals);
    for (const name of ['D', 'f', 'Dp'] as const) {
      const squares = out[name].reduce((sum, x, i) => sum + (x - unseen.truth[name][i]) ** 2, 0);
      errors[name].push(Math.sqrt(squares / out.n));
    }
    assert.ok(prepared.losses!.length > 15 && prepared.losses!.length < 200);
    assert.match(prepared.notes!.join('\n'), /^trained on 100000 simulated voxels for \d+ epochs/);
  }
  // The spread of the study's own code over seeds. One network in six lands in a poorer minimum, here as in the
  // study's code, hence the median.
  for (const [name, low, high] of [
    ['D', 1.9e-4, 4.5e-4],
    ['f', 0.06, 0.08],
    ['Dp', 0.021, 0.029],
  ] as const) {
    const median = errors[name].sort((a, b) => a - b)[1];
    assert.ok(median > low && median < high, `${name} ${errors[name].join(' ')}`);
  }
});

test('the outputs are Dp, D and f, as PyTorch computes them', async () => {
  const prepared = await dnn.prepare({ bValues, seed: 1, model: await known() }, settings());
  const out = await fitted(prepared, signalsOf(parityRows, [10, 20, 30]));
  parity.first_batch.params_first3.forEach(([Dp, D, f], i) => {
    assert.ok(
      Math.abs(out.Dp[i] - Dp) < 1e-6 && Math.abs(out.D[i] - D) < 1e-6 && Math.abs(out.f[i] - f) < 1e-6,
    );
  });
  assert.equal(out.S0, Float64Array.of(10, 20, 30));
  assert.equal(out.status, new Uint8Array(3).fill(Status.converged));
});

test('a network that learnt the decays the other way round is read the other way round', async () => {
  const prepared = await dnn.prepare(
    { bValues, seed: 1, model: await known(['D', 'Dp', '1 - f']) },
    settings(),
  );
  const out = await fitted(prepared, signalsOf(parityRows));
  const [D, Dp, rest] = parity.first_batch.params_first3[0];
  assert.ok(Math.abs(out.D[0] - D) < 1e-6 && Math.abs(out.Dp[0] - Dp) < 1e-6);
  assert.ok(Math.abs(out.f[0] - (1 - rest)) < 1e-6);
});

test('voxels a network cannot be given fail, and do not touch their neighbours', async () => {
  const prepared = await dnn.prepare({ bValues, seed: 1, model: await known() }, settings());
  const [row] = parityRows;
  const alone = await fitted(prepared, signalsOf([row]));
  const bad = [NaN, Infinity, -Infinity, 1e300].map((value) => row.map((x, k) => (k === 3 ? value : x)));
  const rows = [row, ...bad, row, row, row, row];
  const out = await fitted(prepared, signalsOf(rows, [1, 1, 1, 1, 1, 1, 0, -5, NaN]));
  for (const i of [1, 2, 3, 4, 6, 7, 8]) {
    assert.is(out.status[i], Status.notFinite, `voxel ${i}`);
    assert.ok([out.S0[i], out.D[i], out.f[i], out.Dp[i]].every(Number.isNaN));
  }
  for (const i of [0, 5]) assert.is(out.D[i], alone.D[0]);
});

test('a fraction above 1 is put on its bound and marked', async () => {
  const prepared = await dnn.prepare({ bValues, seed: 1, model: await known() }, settings());
  const out = await fitted(
    prepared,
    signalsOf([new Array<number>(7).fill(-1e4), new Array<number>(7).fill(1e4)]),
  );
  const beyond = [0, 1].filter((i) => out.status[i] === Status.atBound);
  assert.ok(beyond.length > 0);
  for (const i of beyond) assert.is(out.f[i], 1);
});

test('a voxel has the same answer alone as among thousands', async () => {
  const prepared = await dnn.prepare(task(few), quick);
  const n = 5000;
  const all = await fitted(prepared, unseen.signals);
  for (const i of [0, 17, 4095, 4096, n - 1]) {
    const { values, scale } = unseen.signals;
    const one = await fitted(prepared, {
      bValues,
      n: 1,
      values: values.slice(i * 8, i * 8 + 8),
      scale: scale.slice(i, i + 1),
    });
    assert.equal([one.D[0], one.f[0], one.Dp[0]], [all.D[i], all.f[i], all.Dp[i]]);
  }
});

test('its seed decides everything; what it is given stays as it is', async () => {
  const before = structuredClone(few);
  const [one, same, other] = await Promise.all(
    [3, 3, 4].map(async (seed) => fitted(await dnn.prepare(task(few, seed), quick), few.signals)),
  );
  assert.equal(same, one);
  assert.not.equal(other.D, one.D);
  assert.equal(few, before);
});

test('saved and opened again it gives the same answers', async () => {
  const prepared = await dnn.prepare(task(few), quick);
  const again = await dnn.prepare({ bValues, seed: 99, model: await prepared.save!() }, settings());
  assert.equal(await fitted(again, few.signals), await fitted(prepared, few.signals));
  assert.equal(again.losses, prepared.losses);
});

test("restore_best: the study's is the last, best is that of the lowest loss", async () => {
  // Noisy losses: a high rate on few voxels, so that the last epoch is not the best.
  const fast = { learningRate: 0.02, epochs: 200, patience: 4 };
  const prepare = (restore_best: string) => dnn.prepare(task(few), settings({ ...fast, restore_best }));
  const [study, last, best] = await Promise.all(
    ['study', 'last', 'best'].map(async (way) => fitted(await prepare(way), few.signals)),
  );
  assert.equal(study, last);
  assert.not.equal(best.D, last.D);
  const shortened = (await prepare('best')).losses!;
  const lowest = Math.min(...shortened.map(({ loss }) => loss));
  const epochs = shortened.findIndex(({ loss }) => loss === lowest) + 1;
  const upToThere = await dnn.prepare(task(few), settings({ ...fast, epochs, restore_best: 'last' }));
  assert.equal(await fitted(upToThere, few.signals), best);
});

test('unusable voxels are not trained on', async () => {
  const { signals, truth } = structuredClone(few);
  const spoilt: LabelledSignals = {
    truth,
    signals: {
      bValues,
      n: signals.n + 2,
      values: Float64Array.from([
        ...signals.values,
        ...new Array<number>(8).fill(NaN),
        ...new Array<number>(8).fill(0),
      ]),
      scale: Float64Array.from([...signals.scale, 1, 0]),
    },
  };
  const [clean, same] = await Promise.all(
    [few, spoilt].map(async (voxels) => fitted(await dnn.prepare(task(voxels), quick), few.signals)),
  );
  assert.equal(same, clean);
});

test('measured voxels, of which no truth is known, will do', async () => {
  const unknown = new Float64Array(few.signals.n).fill(NaN);
  const truth = { n: few.signals.n, D: unknown, f: unknown, Dp: unknown };
  const prepared = await dnn.prepare(task({ signals: few.signals, truth }), quick);
  assert.match(prepared.notes!.join('\n'), /trained on 2000 measured voxels/);
  const simulated = await dnn.prepare(task(few), quick);
  assert.equal(await fitted(prepared, few.signals), await fitted(simulated, few.signals));
});

async function refused(given: FitTask, message: RegExp, how = quick): Promise<void> {
  try {
    await dnn.prepare(given, how);
  } catch (error) {
    assert.instance(error, InputError);
    assert.match((error as InputError).message, message);
    return;
  }
  assert.unreachable(`not refused: ${message}`);
}

test('refuses nothing to train on, too little of it, and a model of another protocol', async () => {
  await refused({ bValues, seed: 1 }, /needs voxels to train on, or a saved model/);
  await refused(task(phantom(100, [0, 165], 1, 2)), /batches of 128 voxels and was given 100/);
  const model = await known();
  await refused({ bValues: bValues.slice(0, 7), seed: 1, model }, /trained for b-values/);
});

test('settings: defaults are those of the study, unknown keys are errors', () => {
  assert.equal(settings(), {
    depth: 3,
    width: 'inputs',
    engine: 'auto',
    learningRate: 1e-3,
    batch: 128,
    epochs: 1000,
    patience: 10,
    restore_best: 'study',
  });
  for (const wrong of [{ layers: 3 }, { depth: -1 }, { width: 'wide' }, { engine: 'gpu' }, { batch: 1.5 }]) {
    assert.not.ok(dnn.settings!.safeParse(wrong).success, JSON.stringify(wrong));
  }
});

test('says which engine computes, for the key of stored results', async () => {
  assert.equal(Object.keys(await dnn.environment!(settings())), ['engine', 'engineDescription']);
  assert.is((await dnn.environment!(settings({ engine: 'cpu' }))).engine, 'cpu');
});

test('any depth and width, on an engine asked for by name', async () => {
  for (const [depth, width] of [
    [0, 'inputs'],
    [1, 'inputs'],
    [2, 16],
  ]) {
    const prepared = await dnn.prepare(task(few), settings({ depth, width, epochs: 1, engine: 'cpu' }));
    const out = await fitted(prepared, few.signals);
    assert.ok(out.D.every(Number.isFinite));
    assert.match(prepared.backend!, /TensorFlow.js/);
  }
});

test('without hidden layers it is linear, saved like any other', async () => {
  const linear = settings({ depth: 0, epochs: 5 });
  const prepared = await dnn.prepare(task(few), linear);
  const saved = await prepared.save!();
  const again = await dnn.prepare({ bValues, seed: 1, model: saved }, linear);
  const out = await fitted(prepared, unseen.signals);
  assert.equal((await fitted(again, unseen.signals)).Dp, out.Dp);

  // Weights of one layer, seven inputs to three outputs, the sign of each written twice: |z| = relu(z) + relu(-z).
  const { buffer, byteOffset } = saved.files.get('weights.bin')!.slice();
  const weights = new Float32Array(buffer, byteOffset);
  const kernel = (input: number, output: number) => weights[6 * input + output];
  const { values } = unseen.signals;
  for (let i = 0; i < 50; i++) {
    const outputs = [0, 1, 2].map((o) => {
      let sum = weights[42 + o];
      for (let k = 0; k < 7; k++) sum += values[8 * i + 1 + k] * kernel(k, o);
      return Math.abs(sum);
    });
    const larger = Math.max(outputs[0], outputs[1]);
    const estimates = [out.Dp[i], out.D[i]];
    assert.ok(estimates.some((value) => Math.abs(value - larger) < 1e-6));
  }
});

test('a voxel is answered alike wherever in a long batch it stands', async () => {
  const prepared = await dnn.prepare(task(few), quick);
  const all = await fitted(prepared, unseen.signals);
  const width = bValues.length;
  // 4,096 voxels go to the network at once.
  for (const [from, to] of [
    [1, 5000],
    [4095, 4097],
    [4096, 5000],
    [777, 778],
  ]) {
    const { values, scale } = unseen.signals;
    const part: Signals = {
      bValues,
      n: to - from,
      values: values.slice(from * width, to * width),
      scale: scale.slice(from, to),
    };
    const out = await fitted(prepared, part);
    for (const name of ['D', 'f', 'Dp'] as const) assert.equal(out[name], all[name].slice(from, to));
  }
});

test('training can begin with the weights of an earlier network', async () => {
  const first = await dnn.prepare(task(few), settings({ epochs: 20 }));
  const initial = await first.save!();
  // Steps too small to move a float32 weight leave the earlier network.
  const still = await dnn.prepare({ ...task(few, 9), initial }, settings({ epochs: 1, learningRate: 1e-12 }));
  const [before, after] = [await fitted(first, unseen.signals), await fitted(still, unseen.signals)];
  for (const name of ['D', 'f', 'Dp'] as const) assert.equal(after[name], before[name]);
  const further = await dnn.prepare({ ...task(few, 9), initial }, quick);
  const anew = await dnn.prepare(task(few, 9), quick);
  assert.ok(further.losses![0].loss < anew.losses![0].loss / 2);
  const told = 'began with a network trained on 2000 simulated voxels for 20 epochs';
  assert.match(further.notes!.join('; '), told);
  const kept = await dnn.prepare({ bValues, seed: 1, model: await further.save!() }, quick);
  assert.match(kept.notes!.join('; '), told);
});

test('a network of other layers or b-values is no beginning', async () => {
  const initial = await (await dnn.prepare(task(few), quick)).save!();
  const message = async (given: Partial<FitTask>, depth: number) => {
    try {
      await dnn.prepare({ ...task(few), initial, ...given }, settings({ epochs: 1, depth }));
    } catch (error) {
      assert.instance(error, InputError);
      return (error as Error).message;
    }
    return '';
  };
  assert.match(await message({}, 2), 'has layers of 7, 7, 7 units, the settings ask for 7, 7');
  assert.match(await message({ bValues: bValues.map((b) => 2 * b) }, 3), 'was trained for b-values');
});

test.run();
