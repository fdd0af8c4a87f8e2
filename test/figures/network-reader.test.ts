import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunManifest, StoredRun } from '../../src/contracts/stored-run.ts';
import { loadFigure } from '../../src/plugins/discover.ts';
import finding from '../../src/report/findings/network-reader.ts';
import table from '../../src/tables/network-reader.ts';
import regions from '../../src/tables/network-regions.ts';
import { networkReaderRows } from '../tables/network-reader-rows.ts';
import { volunteersRows } from '../tables/volunteers-rows.ts';

const test = suite('figure, tables and finding of a network as a reader');
const manifest = { config: {} } as unknown as RunManifest;
const without = volunteersRows();

test('differences are drawn in points; without a network there is nothing', async () => {
  const { value: figure } = await loadFigure('network-reader');
  const spec = figure.draw(networkReaderRows(['ls', 'map']), [], manifest) as unknown as {
    concat: unknown[];
  };
  assert.is(spec.concat.length, 3);
  assert.match(JSON.stringify(spec), /Difference of ICC \(points\)/);
  assert.is(figure.draw(without, [], manifest), null);
  for (const each of [table, regions]) assert.is(each.build(without, manifest), null);
  assert.is(finding.when({ rows: without } as unknown as StoredRun), false);
});

test('the tables set the network beside every reader, and its region means beside theirs', () => {
  const rows = networkReaderRows(['ls']);
  const { columns, lines } = table.build(rows, manifest)!;
  assert.equal(
    columns.slice(4, 6).map(({ label }) => label),
    ['Network and reader1: ICC (%)', 'Network and reader2: ICC (%)'],
  );
  assert.is(lines.length, 6);
  assert.equal((lines[0].values[4] as { value: number }).value, 90);
  const found = regions.build(rows, manifest)!;
  assert.equal(
    found.columns.slice(3).map(({ label }) => label),
    ['left liver (%)', 'spleen (%)'],
  );
});

test('the finding says whether conclusions change', () => {
  const said = (difference: number) =>
    finding.find({ rows: networkReaderRows(['ls', 'map'], difference), manifest } as unknown as StoredRun)
      .found;
  assert.match(said(-0.02)[0], /below 0 in 0 and above 0 in 0\. /);
  const [changed] = said(-0.2);
  assert.match(changed, /ICC\(2,1\) of 90–92 % .* of 12 differences .* below 0 in 12 and above 0 in 0/);
  assert.match(changed, /conclusions do depend on who marks the regions/);
});

test.run();
