import { existsSync, mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  experimentNames,
  fitterNames,
  loadExperiment,
  loadFigure,
  loadFitter,
  loadMetric,
  loadTable,
  figureNames,
  metricNames,
  protocolFile,
  protocolNames,
  tableNames,
} from '../../src/plugins/discover.ts';
import { isPath } from '../../src/plugins/kept-name.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('discover');
const { path, put } = scratchFolder();
const fitter = (label: string) => `export default { label: '${label}', source: 'test', prepare() {} };`;

test('every plug-in in the folders loads and keeps its contract', async () => {
  const loads = [
    ...fitterNames().map((name) => loadFitter(name)),
    ...metricNames().map((name) => loadMetric(name)),
    ...figureNames().map((name) => loadFigure(name)),
    ...tableNames().map((name) => loadTable(name)),
    ...experimentNames().map((name) => loadExperiment(name)),
  ];
  for (const { name, module, value } of await Promise.all<{ name: string; module: URL; value: unknown }>(
    loads,
  )) {
    assert.ok(existsSync(module), name);
    assert.type(value, 'object');
  }
  for (const name of ['ls', 'ls-global', 'segmented', 'map', 'dnn', 'mmse'])
    assert.ok(fitterNames().includes(name));
  for (const name of protocolNames()) assert.ok(existsSync(protocolFile(name)));
});

test('names come in one order, whatever the file system says', () => {
  for (const names of [fitterNames(), metricNames(), protocolNames()]) assert.equal(names, [...names].sort());
});

test('a path is a path, a name is a name', () => {
  for (const text of ['./x.ts', 'x.ts', 'a/b', '../x.mjs', 'file:///x', 'x.js', 'C:\\x.ts'])
    assert.ok(isPath(text), text);
  for (const text of ['ls', 'ls-global', 'my.fitter', 'tsx']) assert.not(isPath(text), text);
});

test('a fitter from a path relative to a folder, an absolute path, a URL', async () => {
  mkdirSync(path('odd # 100%'));
  const file = put('odd # 100%/mine.ts', fitter('Mine'));
  const folder = pathToFileURL(path('odd # 100%') + '/');
  for (const way of ['./mine.ts', 'mine.ts', file, pathToFileURL(file).href]) {
    const { module, value } = await loadFitter(way, folder);
    assert.is(module.href, pathToFileURL(file).href, way);
    assert.is(value.label, 'Mine');
  }
  put('plain.mjs', fitter('JavaScript'));
  assert.is((await loadFitter('../plain.mjs', folder)).value.label, 'JavaScript');
});

test('TypeScript from folders of either module kind, loaded once', async () => {
  for (const type of ['commonjs', 'module']) {
    mkdirSync(path(type));
    put(`${type}/package.json`, JSON.stringify({ type }));
    const file = put(`${type}/mine.ts`, `import type { Fitter } from 'ivim-bench';\n${fitter(type)}`);
    const { value } = await loadFitter(file);
    assert.is(value.label, type);
    assert.is((await loadFitter(file)).value, value);
    await refused(() => loadFitter(put(`${type}/none.ts`, 'export const x = 1;')), 'no default export');
  }
});

test('what is not there or no fitter is refused with the reason', async () => {
  await refused(() => loadFitter('lss'), 'unknown fitter lss', 'ls-global', 'did you mean ls?');
  await refused(() => loadFitter('../src/fitters/none.ts'), 'there is no file');
  await refused(() => loadMetric('rmsee'), 'unknown metric rmsee', 'did you mean rmse?');
  await refused(() => protocolFile('barbieri'), 'unknown protocol barbieri', 'barbieri-2020');
  await refused(
    () => loadFitter(put('number.ts', 'export default 3;')),
    'no default export that is a fitter',
  );
  await refused(
    () => loadFitter(put('list.ts', `export default { label: ['x'], source: 'y', prepare() {} };`)),
    'label of its default export is a list; it must be a text',
  );
  const metric = `{ label: 'x', definition: 'x', unit: () => '', over: () => () => 0 }`;
  const family = (name: string, members: string) =>
    loadMetric(put(name, `export default { family: ${members} };`));
  await refused(() => family('empty.ts', '{}'), 'family of its default export holds no metrics');
  await refused(() => family('hyphen.ts', `{ 'a-b': ${metric} }`), 'a metric called "a-b"', 'underscores');
  await refused(
    () => loadMetric(put('half.ts', `export default { family: { a: ${metric}, b: { label: 'x' } } };`)),
    'definition of b of its family is missing; it must be a text',
  );
  await refused(
    () => loadFitter(put('throws.ts', `throw new Error('no luck');`)),
    'could not be loaded: no luck',
  );
});

test('members that a contract does not have, or of another type, are refused with the nearest one', async () => {
  const view = `title: 'a', caption: 'b', draw: () => null`;
  const figure = (members: string) => loadFigure(put('figure.ts', `export default { ${members} };`));
  const fresh = (members: string, i: number) =>
    loadFigure(put(`figure-${i}.ts`, `export default { ${members} };`));
  await refused(
    () => figure(`${view}, captoin: 'c'`),
    'figure',
    'unknown member captoin of its default export; allowed: title, caption, order, draw; did you mean caption?',
  );
  for (const [i, order] of ["'x'", 'NaN', 'null', '[1]'].entries()) {
    await refused(
      () => fresh(`${view}, order: ${order}`, i),
      'order of its default export',
      'a number, or absent',
    );
  }
  assert.is((await fresh(`${view}, order: -1.5`, 9)).value.order, -1.5);
  await refused(() => fresh(`${view}, palette: 1`, 10), 'unknown member palette', /draw$/);
  await refused(
    () => fresh(`title: 'a', draw() {}, palette: 1`, 11),
    'caption of its default export is missing',
  );
  const instance = 'export default new (class { title = 1; caption = 2; draw() {} own = 3; })();';
  const texts = instance.replace('1', "'a'").replace('2', "'b'");
  assert.is((await loadFigure(put('instance.ts', texts))).value.title, 'a');
  await refused(
    () =>
      loadTable(put('table.ts', `export default { title: 'a', caption: 'b', build() {}, csvonly: true };`)),
    'unknown member csvonly',
    'did you mean csvOnly?',
  );
  const metric = `label: 'x', definition: 'x', unit: () => '', over: () => () => 0`;
  for (const [member, says] of [
    ['intervall: false', 'did you mean interval?'],
    ['interval: true', 'a function of the sample, false, or absent'],
    ["needs: 'sd'", "'intervals', or absent"],
  ]) {
    await refused(
      () => loadMetric(put(`${member.length}.ts`, `export default { ${metric}, ${member} };`)),
      says,
    );
    await refused(
      () =>
        loadMetric(
          put(`f${member.length}.ts`, `export default { family: { a: { ${metric}, ${member} } } };`),
        ),
      'a of its family',
      says,
    );
  }
  await refused(
    () =>
      loadFitter(put('fitter.ts', `export default { label: 'a', source: 'b', prepare() {}, setings: 1 };`)),
    'did you mean settings',
  );
});

test.run();
