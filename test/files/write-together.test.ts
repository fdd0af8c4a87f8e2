import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { writeTogether } from '../../src/files/write-together.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('write-together');
const { path } = scratchFolder();

test('writes all files and says where they are', async () => {
  const files = new Map<string, string | Uint8Array>([
    ['a.txt', 'text'],
    ['b.bin', Uint8Array.of(1, 2)],
  ]);
  assert.equal(await writeTogether(path('new'), files), [path('new/a.txt'), path('new/b.bin')]);
  assert.is(readFileSync(path('new/a.txt'), 'utf8'), 'text');
  assert.equal([...readFileSync(path('new/b.bin'))], [1, 2]);
  assert.is(readdirSync(path('new')).length, 2);
});

test('where one cannot be written there is none, and no folder', async () => {
  const files = new Map([
    ['a.txt', 'text'],
    ['b.txt', 5 as unknown as string],
  ]);
  let failed = false;
  await writeTogether(path('half'), files).catch(() => (failed = true));
  assert.ok(failed);
  assert.not.ok(existsSync(path('half')));
});

test.run();
