import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { absence, reason } from '../../src/files/reason.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('reason');
const { path } = scratchFolder();

function failure(file: string): unknown {
  try {
    return readFileSync(file);
  } catch (error) {
    return error;
  }
}

test('names links that lead nowhere, wherever in a path they are', () => {
  symlinkSync(path('gone'), path('file'));
  symlinkSync(path('gone'), path('folder'));
  symlinkSync(path('loop'), path('loop'));
  mkdirSync(path('there'));
  const nowhere = 'it is a link to a file that is not there';
  assert.is(reason(failure(path('file'))), nowhere);
  assert.is(reason(failure(path('loop'))), nowhere);
  assert.is(
    reason(failure(path('folder/a/b.nii'))),
    `${path('folder')} is a link to a folder that is not there`,
  );
  assert.is(absence(path('file')), nowhere);
  assert.is(reason(failure(path('there/b.nii'))), 'no such file or folder');
  assert.is(absence(path('there/b.nii')), 'no such file or folder');
});

test.run();
