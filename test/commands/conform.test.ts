import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inProcess, root } from './command-line.ts';

const test = suite('conform');

test('prints a line per check, and exits with 0 for a fitter that keeps to its contract', async () => {
  const { code, stdout } = await inProcess('conform', `${root}examples/plugins/my-fitter.ts`);
  assert.is(code, 0, stdout);
  const lines = stdout.trimEnd().split('\n');
  assert.is(lines.pop(), `my-fitter: ${lines.length} of ${lines.length} checks passed`);
  assert.ok(lines.length >= 12);
  for (const line of lines) assert.match(line, /^ok {4}\w/);
});

test('says in one line each what a careless fitter does wrong, and exits with 1', async () => {
  const { code, stdout } = await inProcess('conform', `${root}test/conformance/careless-fitter.ts`);
  assert.is(code, 1);
  assert.match(stdout, /^FAIL {2}leaves its input unchanged: the signals were modified$/m);
  assert.match(stdout, /^FAIL {2}fits every registered protocol: .*voxel 0, status 19: not written$/m);
  assert.match(stdout, /^ok {4}accepts zero voxels$/m);
  assert.match(stdout, /\ncareless-fitter: 2 of 13 checks passed\n$/);
});

test('refuses a file without a fitter, and a name that there is not', async () => {
  const metric = await inProcess('conform', `${root}examples/plugins/my-metric.ts`);
  assert.is(metric.code, 2);
  assert.match(metric.stderr, /source of its default export is missing/);
  const unknown = await inProcess('conform', 'lss');
  assert.is(unknown.code, 2);
  assert.match(unknown.stderr, /unknown fitter lss; .*did you mean ls/);
});

test.run();
