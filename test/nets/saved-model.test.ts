import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SavedModel } from '../../src/contracts/fitter.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import type { Activation, Head } from '../../src/nets/engine.ts';
import { openNetwork, saveNetwork } from '../../src/nets/saved-model.ts';
import type { NetworkDescription } from '../../src/nets/saved-model.ts';
import { loadWasmEngine } from '../../src/nets/tensorflow/load-wasm.ts';
import { caseOf, farthest, flat, largest } from './fused-cases.ts';
import { twin } from './fused-engines.ts';
import { parityOptions } from './fused-parity-case.ts';
import { anyRegularisedCase, regularisedCase } from './regularised-cases.ts';

const test = suite('saved networks');
const engine = await loadWasmEngine();

const description: NetworkDescription = {
  fitter: 'dnn',
  bValues: [0, 10, 20, 60, 150, 300, 500, 1000],
  network: parityOptions.network,
  outputs: ['Dp', 'D', 'f'],
  training: {
    voxels: 1000,
    origin: 'simulated',
    tissue: { D: { constant: 1e-3 }, f: { uniform: [0.1, 0.4] }, Dp: { constant: 0.05 } },
    settings: { depth: 3, restore_best: 'study' },
    seed: 5,
    stoppedBy: 'patience',
    bestEpoch: 2,
    losses: [
      { epoch: 1, loss: 5 },
      { epoch: 2, loss: 4 },
    ],
  },
  versions: { engine: 'a test' },
};
const wanted = { fitter: 'dnn', bValues: Float64Array.from(description.bValues) };

/** What `tf.loadLayersModel` makes of the files, through a handler that holds them in memory. */
async function loadWithTensorFlow({ files }: SavedModel): Promise<tf.LayersModel> {
  const json = JSON.parse(new TextDecoder().decode(files.get('model.json'))) as tf.io.ModelJSON;
  const { buffer } = files.get('weights.bin')!.slice();
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap(({ weights }) => weights),
      weightData: buffer,
    }),
  );
}

const anyNetwork = fc.record({
  seed: fc.integer({ min: 1, max: 1e9 }),
  inputs: fc.integer({ min: 1, max: 11 }),
  hidden: fc.array(fc.integer({ min: 1, max: 21 }), { maxLength: 3 }),
  activation: fc.constantFrom<Activation>('elu', 'relu', 'silu'),
  head: fc.constantFrom<Head['kind']>('linear', 'abs', 'sigmoid'),
  loss: fc.constant('squared' as const),
  batch: fc.constant(20),
});

test('TensorFlow.js loads them by itself, and its outputs are those of the engine', async () => {
  await fc.assert(
    fc.asyncProperty(anyNetwork, async (c) => {
      const { options, x } = caseOf(c);
      const { network, weights } = options;
      const model = await loadWithTensorFlow(await saveNetwork({ ...description, network }, weights));
      const input = tf.tensor2d(x, [c.batch, c.inputs]);
      const output = model.predict(input) as tf.Tensor;
      const found = await output.data();
      tf.dispose([input, output]);
      model.dispose();
      const expected = new Float32Array(c.batch * network.outputs);
      engine.use(network, weights).predict(x, c.batch, expected);
      assert.is(found.length, expected.length);
      assert.ok(farthest(found, expected) <= 2e-6 * Math.max(1, largest(expected)));
    }),
    { seed: 2, numRuns: 25 },
  );
});

test('with branches, batch normalisation and dropout too, and they come back bit for bit', async () => {
  await fc.assert(
    fc.asyncProperty(anyRegularisedCase, async (c) => {
      const { options, x } = regularisedCase(c);
      const { network, weights } = options;
      const saved = await saveNetwork({ ...description, network }, weights);
      assert.equal((await openNetwork(saved, wanted)).weights, weights);
      const model = await loadWithTensorFlow(saved);
      const input = tf.tensor2d(x, [c.batch, c.inputs]);
      const output = model.predict(input) as tf.Tensor;
      const found = await output.data();
      tf.dispose([input, output]);
      model.dispose();
      const expected = new Float32Array(c.batch * network.outputs);
      engine.use(network, weights).predict(x, c.batch, expected);
      assert.ok(farthest(found, expected) <= 2e-5 * Math.max(1, largest(expected)));
      twin.use(network, weights).predict(x, c.batch, expected);
      assert.ok(farthest(found, expected) <= 2e-5 * Math.max(1, largest(expected)));
    }),
    { seed: 2, numRuns: 25 },
  );
});

test('come back as they were: weights bit for bit, and everything known about them', async () => {
  await fc.assert(
    fc.asyncProperty(anyNetwork, async (c) => {
      const { network, weights } = caseOf(c).options;
      const saved = await saveNetwork({ ...description, network }, weights);
      const opened = await openNetwork(saved, wanted);
      assert.equal(flat(opened.weights), flat(weights));
      const { format, version, sha256, ...rest } = opened.description as Record<string, unknown>;
      assert.equal(rest, { ...description, network });
      assert.equal(
        [format, version, Object.keys(sha256 as object)],
        ['ivim-bench network', 1, ['weights.bin']],
      );
    }),
    { seed: 3, numRuns: 25 },
  );
});

test('the files are those of the layers format', async () => {
  const { files } = await saveNetwork(description, parityOptions.weights);
  assert.equal([...files.keys()], ['model.json', 'weights.bin', 'manifest.json']);
  const json = JSON.parse(new TextDecoder().decode(files.get('model.json'))) as tf.io.ModelJSON;
  assert.is(json.format, 'layers-model');
  const numbers = json.weightsManifest[0].weights.reduce(
    (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  );
  assert.is(files.get('weights.bin')!.length, 4 * numbers);
});

async function refused(saved: SavedModel, message: RegExp, given = wanted): Promise<void> {
  try {
    await openNetwork(saved, given);
  } catch (error) {
    assert.instance(error, InputError);
    assert.match((error as InputError).message, message);
    assert.not.match((error as InputError).message, /\n/);
    return;
  }
  assert.unreachable(`not refused: ${message}`);
}

test('are refused for another protocol, for another fitter, and when incomplete or damaged', async () => {
  const saved = await saveNetwork(description, parityOptions.weights);
  const without = (name: string) => ({ files: new Map([...saved.files].filter(([file]) => file !== name)) });
  const replaced = (name: string, bytes: Uint8Array) => ({ files: new Map([...saved.files, [name, bytes]]) });
  const text = (value: string) => new TextEncoder().encode(value);

  const bValues = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 800);
  await refused(saved, /trained for b-values 0, 10, .*1000, the signals have 0, .*800/, {
    ...wanted,
    bValues,
  });
  await refused(saved, /trained for b-values/, { ...wanted, bValues: wanted.bValues.slice(0, 7) });
  await refused(saved, /made by fitter dnn, not by ivim-net-optim/, { ...wanted, fitter: 'ivim-net-optim' });
  await refused(without('manifest.json'), /no file manifest.json; it holds model.json, weights.bin/);
  await refused(without('weights.bin'), /no file weights.bin/);
  await refused(replaced('manifest.json', text('{')), /manifest.json of the saved model is not JSON/);
  await refused(replaced('manifest.json', text('{}')), /manifest.json of the saved model: format: /);
  const smaller = await saveNetwork(
    { ...description, network: { ...parityOptions.network, hidden: [7, 7] } },
    parityOptions.weights.slice(1),
  );
  const both = { files: new Map([...saved.files, ['weights.bin', smaller.files.get('weights.bin')!]]) };
  const sums = ({ files }: SavedModel) =>
    (JSON.parse(new TextDecoder().decode(files.get('manifest.json'))) as { sha256: Record<string, string> })
      .sha256;
  const manifest = new TextDecoder().decode(saved.files.get('manifest.json'));
  both.files.set(
    'manifest.json',
    text(manifest.replace(sums(saved)['weights.bin'], sums(smaller)['weights.bin'])),
  );
  await refused(both, /weights.bin of the saved model holds 181 numbers, .* has 237/);
  const damaged = saved.files.get('weights.bin')!.slice();
  damaged[17] ^= 1;
  await refused(replaced('weights.bin', damaged), /damaged: the checksum of weights.bin/);
});

test('a model read from the middle of a larger buffer opens too', async () => {
  const saved = await saveNetwork(description, parityOptions.weights);
  const files = new Map(
    [...saved.files].map(([name, bytes]) => {
      const larger = Buffer.alloc(bytes.length + 3);
      larger.set(bytes, 3);
      return [name, larger.subarray(3)];
    }),
  );
  assert.equal(flat((await openNetwork({ files }, wanted)).weights), flat(parityOptions.weights));
});

test.run();
