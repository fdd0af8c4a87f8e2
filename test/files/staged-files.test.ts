import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stageFiles } from '../../src/files/staged-files.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('staged-files');
const { path, put } = scratchFolder();

test('files have their names only once all are complete', async () => {
  const names = [path('a/x.txt'), path('a/b/y.txt')];
  const staged = stageFiles(names);
  for (const name of names) await (await staged.handle(name)).writeFile(name);
  assert.not.ok(names.some((name) => existsSync(name)));
  await staged.commit();
  for (const name of names) assert.is(readFileSync(name, 'utf8'), name);
  assert.equal(readdirSync(path('a')).sort(), ['b', 'x.txt']);
});

test('what is given up leaves nothing, not even the folders made for it', async () => {
  const staged = stageFiles([path('new/deep/x.txt')]);
  await (await staged.handle(path('new/deep/x.txt'))).writeFile('half');
  staged.discard();
  assert.not.ok(existsSync(path('new')));
});

test('giving up leaves other files, and an older version, alone', () => {
  put('old.txt', 'old');
  mkdirSync(path('kept'), { recursive: true });
  stageFiles([path('old.txt'), path('kept/x.txt')]).discard();
  assert.is(readFileSync(path('old.txt'), 'utf8'), 'old');
  assert.equal(readdirSync(path('kept')), []);
});

test('a place that cannot be written to is refused at once', async () => {
  const file = put('file', '');
  await refused(() => stageFiles([`${file}/x.txt`]), 'file/x.txt', 'a part of the path is a file');
  await refused(() => stageFiles([`${file}/deeper/x.txt`]), 'a part of the path is a file');
  mkdirSync(path('folder'), { recursive: true });
  await refused(() => stageFiles([path('folder')]), 'it is a folder');
  await refused(() => stageFiles([path('fresh/a.txt'), `${file}/x.txt`]), 'file/x.txt');
  assert.not.ok(existsSync(path('fresh')));
});

test.run();
