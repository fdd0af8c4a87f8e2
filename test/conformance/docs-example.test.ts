import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadFitter } from '../../src/plugins/discover.ts';
import { conformance } from './suite.ts';

const page = readFileSync(new URL('../../docs/add-a-fitter.md', import.meta.url), 'utf8');
const code = /```ts\n([\s\S]*?)```/.exec(page)![1];
const folder = mkdtempSync(join(tmpdir(), 'ivim-bench-docs-'));
const file = join(folder, 'my-fitter.ts');
writeFileSync(file, code);
const { value } = await loadFitter(file);
conformance(value, 'the example of docs/add-a-fitter.md');

const test = suite('docs example');
test.after(() => rmSync(folder, { recursive: true }));
test('is a fitter in under 30 lines', () => {
  assert.ok(code.trimEnd().split('\n').length < 30);
});
test.run();
