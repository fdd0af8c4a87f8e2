import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';
import { chooseEngine } from '../../src/nets/choose-engine.ts';
import type { EngineLoaders } from '../../src/nets/engine-loaders.ts';
import type { Engine, EngineName } from '../../src/nets/engine.ts';

const test = suite('choice of an engine');

/** Loaders of which only these load; the others throw what broken packages throw. */
function only(...names: EngineName[]): EngineLoaders {
  const loader = (name: EngineName) => async (): Promise<Engine> => {
    if (!names.includes(name)) throw new Error(`${name} is broken\n  at length`);
    return {
      name,
      description: `the ${name} engine`,
      train: () => assert.unreachable(),
      use: () => assert.unreachable(),
    } as unknown as Engine;
  };
  return { fused: loader('fused'), node: loader('node'), wasm: loader('wasm'), cpu: loader('cpu') };
}

test('auto takes the first that loads, in the order fused, node, wasm, cpu, and says why', async () => {
  const order: EngineName[] = ['fused', 'node', 'wasm', 'cpu'];
  for (let i = 0; i < order.length; i++) {
    const { engine, reason, notes } = await chooseEngine('auto', only(...order.slice(i)));
    assert.is(engine.name, order[i]);
    assert.ok(reason.startsWith(`engine ${order[i]} (the ${order[i]} engine): `), reason);
    for (const failed of order.slice(0, i)) {
      assert.ok(reason.includes(`${failed} does not load (${failed} is broken)`), reason);
    }
    assert.match(reason, /; TensorFlow.*installed/);
    assert.not.match(reason, /\n/);
    assert.equal(notes, i === 0 ? [] : [reason], 'worth a note where something does not load');
  }
});

test('an engine asked for by name is the one given', async () => {
  const { engine, reason, notes } = await chooseEngine('wasm', only('fused', 'wasm'));
  assert.equal(notes, []);
  assert.is(engine.name, 'wasm');
  assert.match(reason, /asked for by name/);
});

test('an engine asked for by name that does not load is a mistake of the user, with a way out', async () => {
  for (const name of ['node', 'wasm'] as const) {
    try {
      await chooseEngine(name, only('fused'));
      assert.unreachable();
    } catch (error) {
      assert.instance(error, InputError);
      const { message } = error as InputError;
      assert.ok(message.startsWith(`engine ${name} does not load (${name} is broken): `), message);
      assert.match(message, /choose auto, fused/);
      assert.is(message.includes('scripts/build-tfjs-node'), name === 'node');
      assert.not.match(message, /\n/);
    }
  }
});

test('with nothing left auto fails', async () => {
  try {
    await chooseEngine('auto', only());
    assert.unreachable();
  } catch (error) {
    assert.not.instance(error, InputError);
    assert.match(String(error), /no engine for networks loads: fused does not load/);
  }
});

test('TensorFlow is not loaded to choose the fused engine or to tell what is installed', async () => {
  const script = `
    import { createRequire } from 'node:module';
    const { chooseEngine } = await import('./src/nets/choose-engine.ts');
    const { engine } = await chooseEngine('auto');
    const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('tensorflow'));
    process.stdout.write(JSON.stringify({ engine: engine.name, loaded }));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { cwd: new URL('../../', import.meta.url) },
  );
  assert.equal(JSON.parse(stdout), { engine: 'fused', loaded: [] });
});

test.run();
