import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Row } from '../../src/contracts/metric.ts';
import { figureNames, loadFigure } from '../../src/plugins/discover.ts';
import { renderFigure } from '../../src/report/render-figure.ts';
import { phantomRows } from '../tables/phantom-rows.ts';
import { matchesSnapshot } from './matches-snapshot.ts';

const test = suite('figures');

// Three fitters at three SNRs keep the snapshots short enough to read in a diff.
const few = phantomRows(['ls', 'dnn', 'mmse']).filter(
  ({ factors: { snr = 100, epoch = 1 } }) => [100, 20, 10].includes(snr as number) && (epoch as number) <= 5,
);

for (const name of figureNames()) {
  const { value: figure } = await loadFigure(name);

  test(`${name}: the specification is as it was`, () => {
    matchesSnapshot(name, figure.draw(few));
  });

  test(`${name}: not there without its rows, and rows are left as they are`, () => {
    assert.is(figure.draw([]), null);
    const strangers = few.map((row): Row => ({ ...row, metric: 'icc3k' }));
    assert.is(figure.draw(strangers), null);
    const before = JSON.stringify(few);
    figure.draw(few);
    assert.is(JSON.stringify(few), before);
  });

  test(`${name}: draws a run of the study, one SNR, one fitter and twelve fitters without a complaint`, async () => {
    const plugins = Array.from({ length: 12 }, (_, i) => `./fitters/plug-in-${i + 1}.ts`);
    const dnnAlone = phantomRows(['dnn']);
    const runs = [
      phantomRows(),
      phantomRows([...plugins, 'dnn', 'mmse']),
      dnnAlone,
      dnnAlone.filter(({ factors: { snr = 20, epoch = 1 } }) => snr === 20 && epoch === 1),
    ];
    for (const rows of runs) {
      const { svg, png } = await renderFigure(figure.draw(rows)!);
      assert.match(svg, '<path');
      assert.equal([...png.slice(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    }
  });

  test(`${name}: leaves out what is not a number`, async () => {
    const [first, ...rest] = few.filter(({ metric }) => metric !== 'bias');
    const broken = few.map((row, i) => (i % 7 === 0 ? { ...row, value: NaN, ciLow: NaN, ciHigh: NaN } : row));
    for (const rows of [broken, rest, [{ ...first, factors: { snr: Infinity } }, ...rest]]) {
      const spec = figure.draw(rows)!;
      assert.not.match(JSON.stringify(spec), /NaN|Infinity/);
      assert.not.match((await renderFigure(spec)).svg, /NaN|undefined|null/);
    }
  });
}

test('a fitter has the same colour in every figure', async () => {
  const rows = phantomRows();
  const colours = new Set<string>();
  for (const name of figureNames()) {
    const spec = JSON.stringify((await loadFigure(name)).value.draw(rows));
    for (const [, domain, range] of spec.matchAll(/\{"domain":(\[[^\]]*\]),"range":(\["#[^\]]*\])\}/g)) {
      const at = (JSON.parse(domain) as string[]).indexOf('dnn');
      if (at >= 0) colours.add((JSON.parse(range) as string[])[at]);
    }
  }
  assert.is(colours.size, 1);
});

test.run();
