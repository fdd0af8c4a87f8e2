import { spawn } from 'node:child_process';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CellStore } from '../../src/runner/cell-store.ts';
import { StoredCheckpoint } from '../../src/runner/checkpoint.ts';
import { scratchFolder } from './tiny-study.ts';

const test = suite('runner: checkpoints');

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const stored = {
  id: 'a',
  task: 'fit',
  rows: [],
  notes: [],
  facts: {},
  files: [],
  seconds: 0,
  writer: { machine: '', versions: {}, store: '' },
};

test('what was written last is read, and nothing where nothing was', async () => {
  const checkpoint = new StoredCheckpoint(join(scratchFolder(), 'deep', 'c'));
  assert.is(await checkpoint.read(), undefined);
  const files = new Map([
    ['weights.bin', Uint8Array.of(0, 255, 10)],
    ['né "1".json', text('{"epoch":3}')],
    ['empty', new Uint8Array(0)],
  ]);
  await checkpoint.write(new Map([['old', text('old')]]));
  await checkpoint.write(files);
  assert.equal([...(await checkpoint.read())!], [...files]);
  await checkpoint.write(new Map());
  assert.equal([...(await checkpoint.read())!], []);
  await checkpoint.remove();
  assert.is(await checkpoint.read(), undefined);
  await checkpoint.remove();
});

test('a file cut short anywhere, or of something else, reads as none', async () => {
  const path = join(scratchFolder(), 'c');
  const checkpoint = new StoredCheckpoint(path);
  await checkpoint.write(
    new Map([
      ['a', text('first')],
      ['b', text('second')],
    ]),
  );
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length++) {
    writeFileSync(path, whole);
    truncateSync(path, length);
    assert.is(await checkpoint.read(), undefined, `${length} of ${whole.length} bytes`);
  }
  for (const junk of ['junk', '\xff\xff\xff\xff[]', '\x02\0\0\0{}', '\x04\0\0\0null']) {
    writeFileSync(path, Buffer.from(junk, 'latin1'));
    assert.is(await checkpoint.read(), undefined, junk);
  }
});

/** Writes checkpoints of two files that belong together, without end. */
const WRITER = (path: string) => `
  import { StoredCheckpoint } from ${JSON.stringify(new URL('../../src/runner/checkpoint.ts', import.meta.url).href)};
  const checkpoint = new StoredCheckpoint(${JSON.stringify(path)});
  for (let epoch = 1; ; epoch++) {
    const fill = (n) => new Uint8Array(n).fill(epoch % 251);
    await checkpoint.write(new Map([['model', fill(300_000)], ['optimiser', fill(200_000)]]));
    if (epoch === 1) console.log('writing');
  }
`;

test('a process killed while it writes leaves a whole checkpoint, and readers meet no half of one', async () => {
  const dir = scratchFolder();
  const path = join(dir, 'c');
  const script = join(dir, 'write.mts');
  writeFileSync(script, WRITER(path));
  const checkpoint = new StoredCheckpoint(path);
  const readWhole = async (): Promise<number> => {
    const files = (await checkpoint.read())!;
    assert.ok(files, 'there is a checkpoint');
    const [model, optimiser] = [files.get('model')!, files.get('optimiser')!];
    assert.equal([model.length, optimiser.length], [300_000, 200_000]);
    assert.ok([model, optimiser].every((bytes) => bytes.every((byte) => byte === model[0])));
    return model[0];
  };
  for (const delay of [0, 7, 23]) {
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const seen = new Set<number>();
    for (let i = 0; i < 20; i++) seen.add(await readWhole());
    await new Promise((resolve) => setTimeout(resolve, delay));
    child.kill('SIGKILL');
    assert.is(await ended, 'SIGKILL');
    await readWhole();
    assert.ok(seen.size > 1, 'it was read while it was written');
  }
});

test('it outlives an attempt that is given up, and is gone once the cell is done', async () => {
  const store = new CellStore(scratchFolder());
  await store.checkpoint('k').write(new Map([['epoch', text('3')]]));
  await store.abandon('k');
  await store.removeParts();
  assert.ok(await store.checkpoint('k').read());
  assert.is(store.has('k'), false);
  await store.write('other', stored, new Map());
  assert.ok(await store.checkpoint('k').read(), 'that of another cell stays');
  await store.write('k', stored, new Map());
  assert.is(await store.checkpoint('k').read(), undefined);
  assert.equal(existsSync(join(store.dir, '.checkpoint-k')), false);
});

test.run();
