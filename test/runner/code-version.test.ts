import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CodeVersions, type CodeVersion } from '../../src/runner/code-version.ts';
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

function covered(changes: Record<string, string> = {}): Promise<CodeVersion> {
  const dir = scratchFolder();
  for (const [name, content] of Object.entries({ ...project, ...changes })) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
  return new CodeVersions().of(pathToFileURL(join(dir, 'src/fitter.ts')).href);
}

const version = async (changes: Record<string, string> = {}): Promise<string> =>
  (await covered(changes)).hash;

test('the same code has the same version wherever it lies', async () => {
  assert.is(await version(), await version());
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
  test(`a change of ${name} is a change of version`, async () => {
    const more = name.endsWith('.ts') ? '\nexport const more = 1;' : '\n';
    assert.is.not(await version({ [name]: project[name] + more }), await version());
  });
}

test('a newer package is a change of version', async () => {
  const newer = '{"name": "peer", "version": "1.0.1"}';
  assert.is.not(await version({ 'node_modules/peer/package.json': newer }), await version());
});

test('a newer package that is loaded by require is one too', async () => {
  const required = (newer: string) => ({
    'b.ts':
      "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\nexport const b = require('other');",
    'node_modules/other/package.json': `{"name": "other", "version": "1.0.${newer}"}`,
  });
  assert.is((await covered(required('0'))).parts.other, '1.0.0');
  assert.is.not(await version(required('1')), await version(required('0')));
});

test('types and files that are not imported are none', async () => {
  assert.is(await version({ 'src/types.ts': 'export type T = string;' }), await version());
  assert.is(await version({ 'src/unrelated.ts': 'export const c = 2;' }), await version());
});

test('comments and layout are none', async () => {
  const laidOut = Object.fromEntries(
    Object.entries(project)
      .filter(([name]) => name.endsWith('.ts'))
      .map(([name, code]) => [
        name,
        `/** Reworded. */\n\n${code.replaceAll(' = ', '   =\n  ')}\n// the end\n`,
      ]),
  );
  assert.is(await version(laidOut), await version());
});

test('a version names all it covers, and nothing else', async () => {
  const names = Object.keys((await covered()).parts).map((name) =>
    name.replace(/^.*ivim-bench-run-[^/]+\//, ''),
  );
  const expected = Object.keys(project).filter((name) => !/types|unrelated|node_modules/.test(name));
  assert.equal(names.sort(), [...expected, 'peer'].sort());
});

test.run();
