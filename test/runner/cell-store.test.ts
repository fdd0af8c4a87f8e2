import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CellStore } from '../../src/runner/cell-store.ts';
import { decodeStoredCell, type StoredCell } from '../../src/runner/stored-cell.ts';
import { scratchFolder } from './tiny-study.ts';

const test = suite('runner: store of cells');

const result = (id: string): StoredCell => ({
  id,
  task: 'fit',
  rows: [
    {
      experiment: 'phantom',
      method: 'NaN',
      factors: { snr: 100, cpu: 'Infinity' },
      parameter: 'D',
      metric: 'rmse',
      value: 0.1 + 0.2,
      ciLow: NaN,
      ciHigh: Infinity,
      unit: 'mm²/s',
      n: 3,
    },
  ],
  notes: ['a note'],
  facts: { seed: 3 },
  files: ['a.bin'],
  seconds: 1.5,
  writer: { machine: 'here', versions: { node: '20' }, store: '/somewhere' },
});
async function assertRejects(work: Promise<unknown>, message: string): Promise<void> {
  let found = '';
  await work.catch((error: Error) => (found = error.message));
  assert.match(found, message);
}
const files = new Map([['a.bin', Uint8Array.of(0, 255, 10)]]);

test('what is written is read again, NaN and infinities too', async () => {
  const store = new CellStore(join(scratchFolder(), 'cells'));
  assert.is(store.has('k1'), false);
  assert.is(await store.read('k1'), null);
  await store.write('k1', result('a'), files);
  assert.ok(store.has('k1'));
  const read = (await store.read('k1'))!;
  assert.ok(Number.isNaN(read.rows[0].ciLow));
  assert.equal(
    { ...read, rows: [{ ...read.rows[0], ciLow: 0 }] },
    { ...result('a'), rows: [{ ...result('a').rows[0], ciLow: 0 }] },
  );
  assert.equal([...(await store.files('k1')).get('a.bin')!], [0, 255, 10]);
});

test('a cell of version 0.1 is read with the names of now', () => {
  const row = { fitter: 'ls', factors: { cpu: 'x', beside: 1 }, metric: 'prepare_s', value: 2 };
  const [read] = decodeStoredCell(JSON.stringify({ rows: [row] })).rows;
  assert.equal(read, {
    method: 'ls',
    factors: { cpu: 'x', concurrent_cells: 1 },
    metric: 'prepare_s',
    value: 2,
  });
});

test('of two that finish the same cell the first stays, and nothing is left over', async () => {
  const dir = scratchFolder();
  const store = new CellStore(dir);
  await store.write('k', result('first'), files);
  await store.write('k', result('second'), files);
  assert.is((await store.read('k'))!.id, 'first');
  assert.equal(readdirSync(dir), ['k']);
});

test('a folder without a result is no result, and gives way to one', async () => {
  const dir = scratchFolder();
  const store = new CellStore(dir);
  mkdirSync(join(dir, 'k'));
  writeFileSync(join(dir, 'k', 'a.bin'), 'half');
  assert.is(store.has('k'), false);
  await store.write('k', result('a'), files);
  assert.is((await store.read('k'))!.id, 'a');
});

test('a result cut short is to be done again', async () => {
  const dir = scratchFolder();
  mkdirSync(join(dir, 'k'));
  writeFileSync(join(dir, 'k', 'result.json'), '{"id": "a", "rows": [');
  assert.is(await new CellStore(dir).read('k'), null);
});

test('files that would be something else are refused, and leave nothing', async () => {
  const dir = scratchFolder();
  const store = new CellStore(dir);
  for (const name of ['result.json', '../out', 'a/b', '.hidden', '']) {
    let message = '';
    await store.write('k', result('a'), new Map([[name, new Uint8Array(1)]])).catch((error: Error) => {
      message = error.message;
    });
    assert.match(message, /can't leave a file called/);
  }
  assert.equal(readdirSync(dir), []);
});

test('what killed processes left is removed, what others write is not', async () => {
  const dir = scratchFolder();
  const gone = 2 ** 22 + 1;
  const dead = `.part-${hostname()}_${gone}_k`;
  const others = [
    `.part-${hostname()}_${process.ppid}_k`,
    `.part-elsewhere_${gone}_k`,
    // Machines whose names begin as this one's does.
    `.part-${hostname()}-${gone}_${gone}_k`,
    `.part-${hostname()}_${gone}_${gone}_k`,
  ];
  for (const name of [dead, ...others]) mkdirSync(join(dir, name));
  await new CellStore(dir).removeParts();
  assert.equal(readdirSync(dir).sort(), others.sort());
});

test('a part that is being written is found by the machine and process it names', async () => {
  const dir = scratchFolder();
  const store = new CellStore(dir);
  await store.makeFolder('k');
  assert.equal(readdirSync(dir), [`.part-${hostname()}_${process.pid}_k`]);
  await store.removeParts();
  assert.equal(readdirSync(dir), []);
});

test('a folder that a cell made is kept with its result, and gone without one', async () => {
  const dir = scratchFolder();
  const store = new CellStore(dir);
  const first = await store.makeFolder('k');
  writeFileSync(join(first, 'stale.txt'), 'x');
  await store.abandon('k');
  assert.equal(readdirSync(dir), []);
  const folder = await store.makeFolder('k');
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'deep', 'kept.txt'), 'y');
  await store.write('k', result('a'), files);
  assert.equal(readdirSync(store.folder('k')), ['deep']);
  assert.ok(existsSync(join(store.folder('k'), 'deep', 'kept.txt')));
  await assertRejects(
    store.write('j', result('a'), new Map([['folder', Uint8Array.of(1)]])),
    'called folder',
  );
});

test.run();
