import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chooseBackend } from '../../src/learning/backends.ts';
import { on } from '../../src/nets/tensorflow/backend.ts';

const test = suite('learning: backends');

test('a backend that is asked for several times at once loads, and computes beside another', async () => {
  const all = await Promise.all([chooseBackend('wasm'), chooseBackend('wasm'), chooseBackend('cpu')]);
  assert.equal(
    all.map(({ name }) => name),
    ['wasm', 'wasm', 'cpu'],
  );
  for (const { backend } of [...all, await chooseBackend('wasm')]) {
    const sum = on(backend, () => backend.tf.sum(backend.tf.tensor([1, 2, 3])).dataSync()[0]);
    assert.is(sum, 6);
    assert.is(backend.tf.getBackend(), backend.backendName);
  }
});

test.run();
