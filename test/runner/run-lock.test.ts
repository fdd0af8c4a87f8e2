import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lockRun } from '../../src/runner/run-lock.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from './tiny-study.ts';

const test = suite('runner: one config at a time in a folder');

/** A folder in which this process' parent, which lives, and a process that does not, run these configs. */
function folderWith(alive: string, dead: string): string {
  const dir = scratchFolder();
  mkdirSync(join(dir, 'cells', '.running'), { recursive: true });
  writeFileSync(join(dir, 'cells', '.running', `${hostname()}_${process.ppid}`), alive);
  writeFileSync(join(dir, 'cells', '.running', `${hostname()}_${2 ** 22 + 1}`), dead);
  return dir;
}

test('another config of a living process is refused, and the mark goes again', async () => {
  const dir = folderWith('one', 'one');
  await refused(
    async () => lockRun(dir, 'two'),
    `${dir}: process ${process.ppid} is running another config there; allowed: one config at a time in a folder; give another --out`,
  );
  assert.equal(readdirSync(join(dir, 'cells', '.running')), [`${hostname()}_${process.ppid}`]);
});

test('the same config of a living process, or another of one that is gone, is no obstacle', () => {
  const dir = folderWith('one', 'two');
  const unlock = lockRun(dir, 'one');
  assert.ok(existsSync(join(dir, 'cells', '.running', `${hostname()}_${process.pid}`)));
  unlock();
  assert.equal(readdirSync(join(dir, 'cells', '.running')), [`${hostname()}_${process.ppid}`]);
});

test.run();
