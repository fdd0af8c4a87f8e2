import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CodeVersions } from '../../src/runner/code-version.ts';
import { scratchFolder } from './tiny-study.ts';

const test = suite('runner: versions of code');

const project: Record<string, string> = {
  'src/fitter.ts': [
    "import { a } from './deep/a.ts';",
    "import type { T } from './types.ts';",
    "import 'peer';",
    "export { b } from '../b.ts';",
    "const later = () => import('./later.ts');",
    "const kernel = new URL('./kernel.wasm', import.meta.url);",
    "const places = ['../nowhere/x.bin', '../data/x.bin'];",
    'export default [a, later, kernel, places] as T;',
  ].join('\n'),
  'src/deep/a.ts': "import { back } from '../fitter.ts';\nexport const a = () => back;",
  'src/types.ts': 'export type T = unknown;',
  'src/later.ts': 'export default 1;',
  'src/kernel.wasm': 'not really',
  'data/x.bin': 'weights',
  'src/unrelated.ts': 'export const c = 1;',
  'b.ts': "import {\n  many,\n  lines,\n} from './lines.ts';\nexport const b = many + lines;",
  'lines.ts': 'export const many = 1;\nexport const lines = 2;',
  'node_modules/peer/package.json': '{"name": "peer", "version": "1.0.0"}',
};

function version(changes: Record<string, string> = {}): string {
  const dir = scratchFolder();
  for (const [name, content] of Object.entries({ ...project, ...changes })) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
  return new CodeVersions().of(pathToFileURL(join(dir, 'src/fitter.ts')));
}

test('the same code has the same version wherever it lies', () => {
  assert.is(version(), version());
});

for (const name of [
  'src/fitter.ts',
  'src/deep/a.ts',
  'src/later.ts',
  'src/kernel.wasm',
  'data/x.bin',
  'b.ts',
  'lines.ts',
]) {
  test(`a change of ${name} is a change of version`, () => {
    assert.is.not(version({ [name]: `${project[name]}\n` }), version());
  });
}

test('a newer package is a change of version', () => {
  const newer = '{"name": "peer", "version": "1.0.1"}';
  assert.is.not(version({ 'node_modules/peer/package.json': newer }), version());
});

test('types and files that are not imported are none', () => {
  assert.is(version({ 'src/types.ts': 'export type T = string;' }), version());
  assert.is(version({ 'src/unrelated.ts': 'export const c = 2;' }), version());
});

test.run();
