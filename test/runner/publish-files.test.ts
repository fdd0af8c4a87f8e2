import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CellStore } from '../../src/runner/cell-store.ts';
import { publishFiles } from '../../src/runner/publish-files.ts';
import type { StoredCell } from '../../src/runner/stored-cell.ts';
import { readStoredRun } from '../../src/runner/stored-run.ts';
import { scratchFolder } from './tiny-study.ts';

const test = suite('runner: files for people, pictures');

const bytes = (text: string) => new TextEncoder().encode(text);

/** A run's folder with these cells in it, by key. */
async function runWith(dir: string, cells: Readonly<Record<string, Partial<StoredCell>>>): Promise<void> {
  const store = new CellStore(join(dir, 'cells'));
  for (const [key, told] of Object.entries(cells)) {
    const files = new Map((told.files ?? []).map((name) => [name, bytes(`${key} ${name}`)]));
    for (const { file } of told.pictures ?? []) files.set(file, Uint8Array.of(0, 0, 128, 63, 0, 0, 192, 127));
    const writer = { machine: '', versions: {}, store: '' };
    const whole = { id: key, task: 'fit', rows: [], notes: [], facts: {}, files: [], seconds: 0, writer };
    await store.write(key, { ...whole, ...told }, files);
  }
  const cellList = Object.keys(cells).map((key) => ({ id: key, key, state: 'done' }));
  writeFileSync(join(dir, 'run.json'), JSON.stringify({ cellList }));
}

test('files appear where people look, and go when a later run has them no more', async () => {
  const dir = scratchFolder();
  await runWith(dir, {
    a: { files: ['D.nii.gz'], publishes: { 'maps/sub-01/D.nii.gz': 'D.nii.gz' } },
    b: { files: ['D.nii.gz'], publishes: { 'maps/sub-02/D.nii.gz': 'D.nii.gz' } },
    c: {},
  });
  mkdirSync(join(dir, 'maps', 'sub-01'), { recursive: true });
  writeFileSync(join(dir, 'maps', 'mine.txt'), 'not the run’s');
  assert.equal(await publishFiles(dir), ['maps/sub-01/D.nii.gz', 'maps/sub-02/D.nii.gz']);
  assert.is(readFileSync(join(dir, 'maps/sub-02/D.nii.gz'), 'utf8'), 'b D.nii.gz');
  await publishFiles(dir);

  await runWith(dir, { d: { files: ['x'], publishes: { 'maps/sub-02/D.nii.gz': 'x' } } });
  await publishFiles(dir);
  assert.is(existsSync(join(dir, 'maps/sub-01/D.nii.gz')), false);
  assert.is(readFileSync(join(dir, 'maps/sub-02/D.nii.gz'), 'utf8'), 'd x');
  assert.is(readFileSync(join(dir, 'maps/mine.txt'), 'utf8'), 'not the run’s');
  // What was linked must not have changed the store.
  assert.is(readFileSync(join(dir, 'cells/b/D.nii.gz'), 'utf8'), 'b D.nii.gz');
});

test('nothing is put outside the run’s folder', async () => {
  for (const path of ['../outside', '/etc/outside', 'a/../../outside', '.']) {
    const dir = scratchFolder();
    await runWith(dir, { a: { files: ['x'], publishes: { [path]: 'x' } } });
    let message = '';
    await publishFiles(dir).catch((error: Error) => (message = error.message));
    assert.match(message, `can't publish ${path}`);
  }
});

test('no file of the run itself is replaced, and only files of the cell are copied', async () => {
  for (const [path, file] of [
    ['report.html', 'x'],
    ['run.json', 'x'],
    ['cells/b/result.json', 'x'],
    ['tables/metrics.csv', 'x'],
    ['maps/../run.json', 'x'],
    ['maps/nul', 'x'],
    ['maps/D.nii.gz', 'result.json'],
    ['maps/D.nii.gz', '../b/x'],
    ['maps/leak.txt', '../../../../../etc/passwd'],
  ]) {
    const dir = scratchFolder();
    await runWith(dir, { a: { files: ['x'], publishes: { [path]: file } }, b: { files: ['x'] } });
    let message = '';
    await publishFiles(dir).catch((error: Error) => (message = error.message));
    assert.match(message, `can't publish ${path}`, `${path} ${file}`);
    assert.not.ok(existsSync(join(dir, 'maps')));
  }
});

test('who edits a file for people in place leaves the stored result as it was', async () => {
  const dir = scratchFolder();
  await runWith(dir, { a: { files: ['D'], publishes: { 'maps/D': 'D' } } });
  await publishFiles(dir);
  writeFileSync(join(dir, 'maps/D'), 'edited', { flag: 'r+' });
  assert.is(readFileSync(join(dir, 'cells/a/D'), 'utf8'), 'a D');
  await publishFiles(dir);
  assert.is(readFileSync(join(dir, 'maps/D'), 'utf8'), 'a D');
});

test('a stored run brings its pictures, sorted, with their numbers', async () => {
  const dir = scratchFolder();
  const picture = {
    experiment: 'volunteers',
    factors: { subject: 'sub-01' },
    quantity: 'D' as const,
    width: 2,
    height: 1,
    pixel: [4, 4] as const,
    file: 'picture-0.f32',
  };
  await runWith(dir, {
    a: { pictures: [{ ...picture, method: 'map' }] },
    b: { pictures: [{ ...picture, method: 'ls' }] },
  });
  const { pictures } = await readStoredRun(dir);
  assert.equal(
    pictures!.map(({ method }) => method),
    ['ls', 'map'],
  );
  assert.equal([...pictures![0].values], [1, NaN]);
  assert.not.ok('file' in pictures![0]);
  rmSync(join(dir, 'cells/a', picture.file));
  const { manifest, pictures: left } = await readStoredRun(dir);
  assert.equal(manifest.cells.lost, ['a']);
  assert.is(left!.length, 1);
});

test.run();
