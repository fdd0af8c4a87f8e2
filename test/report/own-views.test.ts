import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Row } from '../../src/contracts/metric.ts';
import type { StoredRun } from '../../src/contracts/stored-run.ts';
import { writeFigures } from '../../src/report/write-figures.ts';
import { writeTables } from '../../src/report/write-tables.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('figures and tables of your own');

const { path, put } = scratchFolder();
const rows: Row[] = [3, 1, 2].map((value) => ({
  experiment: 'mine',
  method: 'a',
  factors: { x: value },
  parameter: '',
  metric: 'mine',
  value,
  ciLow: value - 0.25,
  ciHigh: value + 0.25,
  unit: '',
  n: 1,
}));
const run = { manifest: { title: 'T', config: {} }, rows, notes: [] } as unknown as StoredRun;

let files = 0;
const saved = (kind: string, text: string): string => {
  files += 1;
  return pathToFileURL(
    put(`my-${kind}-${files}.mjs`, `export default { title: 'a', caption: 'b', ${text} };`),
  ).href;
};
async function figure(body: string): Promise<string | undefined> {
  const drawn = await writeFigures(run, path('figures'), [saved('figure', `draw(rows) { ${body} }`)]);
  return drawn.find(({ name }) => name === `my-figure-${files}`)?.failure;
}
async function table(body: string): Promise<string | undefined> {
  const built = await writeTables(run, path('tables'), [saved('table', `build(rows) { ${body} }`)]);
  return built.find(({ name }) => name === `my-table-${files}`)?.failure;
}
const says = (failure: string | undefined, ...words: string[]): void => {
  assert.match(failure ?? '', /^(figure|table) my-\w+-\d+ \(\S*my-\w+-\d+\.mjs\), study T: /);
  assert.not.match(failure!, /\n/);
  assert.ok(failure!.length < 700, failure);
  for (const word of words) assert.ok(failure!.includes(word), `expected ${word} in ${failure}`);
};

const values = 'data: { values: rows.map(({ value }) => ({ value })) }';
const x = "encoding: { x: { field: 'value', type: 'quantitative' } }";

test('what draw returns must be a specification', async () => {
  const allowed = 'allowed: a Vega-Lite specification, or null where the run has no rows for it';
  for (const [body, found] of [
    ['', 'undefined'],
    ['return 3', 'the number 3'],
    ['return []', 'a list of 0'],
    ['return Promise.resolve({})', 'a promise'],
  ]) {
    says(await figure(body), `draw returned ${found}; ${allowed}`);
  }
  assert.is(await figure('return null'), undefined);
  assert.is(await figure(`return { ${values}, mark: 'point', ${x} }`), undefined);
  assert.ok(existsSync(path(`figures/my-figure-${files}.svg`)));
});

test('misspelt marks and views are named, and what Vega-Lite says is cut', async () => {
  says(
    await figure(`return { ${values}, mark: 'lnie', ${x} }`),
    'the text "lnie" as a mark',
    'did you mean line',
  );
  const nested = `return { ${values}, hconcat: [{ layer: [{ mark: { type: 'pont' }, ${x} }] }] }`;
  says(await figure(nested), 'the text "pont" as a mark', 'did you mean point');
  says(await figure(`return { ${values}, mark: {}, ${x} }`), 'undefined as a mark');
  const facet = `return { ${values}, facett: { field: 'value' }, spec: { mark: 'point', ${x} } }`;
  says(await figure(facet), 'a view with the keys data, facett, spec', 'did you mean facet?');
  const many = 'data: { values: Array.from({ length: 5000 }, (_, i) => ({ value: i })) }';
  says(
    await figure(`return { ${many}, facet: { fild: 'value' }, spec: { mark: 'point', ${x} } }`),
    "Vega-Lite can't use",
  );
});

test('nothing is fetched, over the network or from a file', async () => {
  let asked = 0;
  const server = createServer((_request, answer) => {
    asked += 1;
    answer.end('[{"value": 1}]');
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.json`;
  try {
    for (const url of [address, pathToFileURL(put('x.json', '[{"value": 1}]')).href, path('x.json')]) {
      const would = `its specification would fetch ${url}; allowed: data that are inside it`;
      says(await figure(`return { data: { url: '${url}' }, mark: 'point', ${x} }`), would);
      assert.not.ok(existsSync(path(`figures/my-figure-${files}.vl.json`)));
      const lookup = `transform: [{ lookup: 'value', from: { data: { url: '${url}' }, key: 'value', fields: ['b'] } }]`;
      says(await figure(`return { ${values}, ${lookup}, mark: 'point', ${x} }`), would);
    }
    const image = `encoding: { x: { field: 'value', type: 'quantitative' }, url: { value: '${address}' } }`;
    says(await figure(`return { ${values}, mark: { type: 'image' }, ${image} }`), `would fetch ${address}`);
    assert.is(asked, 0);
  } finally {
    server.close();
  }
  const inside = `data: { url: 'data:application/json,[{"value":1}]', format: { type: 'json' } }`;
  assert.is(await figure(`return { ${inside}, mark: 'point', ${x} }`), undefined);
});

test('what build returns must be the content of a table', async () => {
  for (const [body, found] of [
    ['', 'build returned undefined; allowed: { columns, lines }, two lists, or null'],
    ['return []', 'build returned a list of 0'],
    ["return { columns: ['a'], lines: [] }", 'column 0 is the text "a"'],
    [
      "return { columns: [{ name: 'a', label: 'A', decimal: 2 }], lines: [] }",
      'unknown key decimal',
      'did you mean decimals',
    ],
    [
      "return { columns: [{ name: 'a', label: 'A', decimals: 1.5 }], lines: [] }",
      'decimals of column 0 is the number 1.5',
    ],
    ["return { columns: [{ name: 'a', label: 'A' }], lines: [[1]] }", 'line 0 has undefined as its values'],
    [
      "return { columns: [{ name: 'a', label: 'A' }], lines: [{ values: [1, 2] }] }",
      'line 0 has 2 values; allowed: a list of 1',
    ],
    [
      "return { columns: [{ name: 'a', label: 'A' }], lines: [{ values: [1] }, { values: [{ value: 1 }] }] }",
      'value 0 of line 1 is an object with value',
    ],
  ] as const) {
    says(await table(body), ...[found].flat());
  }
});

test('decimals hold for values with an interval, as for others', async () => {
  const columns = "[{ name: 'a', label: 'A', decimals: 1 }, { name: 'b', label: 'B', decimals: 0 }]";
  const lines =
    'rows.map(({ value, ciLow, ciHigh }) => ({ values: [{ value, low: ciLow, high: ciHigh }, value] }))';
  assert.is(await table(`return { columns: ${columns}, lines: ${lines} }`), undefined);
  const lead = readFileSync(path(`tables/my-table-${files}.md`), 'utf8')
    .split('\n')
    .slice(-4, -1);
  assert.equal(lead, ['| 3.0 (2.8–3.3) | 3 |', '| 1.0 (0.8–1.3) | 1 |', '| 2.0 (1.8–2.3) | 2 |']);
});

test('they may sort and change the rows they are given: others have them as they were', async () => {
  const before = structuredClone(rows);
  await figure(
    'rows.sort((a, b) => a.value - b.value); rows[0].factors.x = 9; rows[1].value = 9; return null',
  );
  await table('rows.length = 1; rows[0].metric = "rmse"; return null');
  assert.equal(run.rows, before);
});

test.run();
