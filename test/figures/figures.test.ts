import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AcceptedRun } from '../../src/contracts/accepted-run.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { figureNames, loadFigure } from '../../src/plugins/discover.ts';
import { phantomRows, underProtocols } from '../tables/phantom-rows.ts';
import { repeatedRows } from '../tables/repeated-rows.ts';
import { transferRows } from '../tables/transfer-rows.ts';
import { volunteersPictures, volunteersRows } from '../tables/volunteers-rows.ts';
import { checkFigure, drawOf, type Drawn, type Runs } from './check-figure.ts';

const test = suite('figures');

const plugins = Array.from({ length: 12 }, (_, i) => `./fitters/plug-in-${i + 1}.ts`);
const dnnAlone = phantomRows(['dnn']);
// Three fitters at three SNRs.
const fewOfPhantom = phantomRows(['ls', 'dnn', 'mmse']).filter(
  ({ factors: { snr = 100, epoch = 1 } }) => [100, 20, 10].includes(snr as number) && (epoch as number) <= 5,
);
const phantom: Runs = {
  few: { rows: fewOfPhantom },
  all: { rows: phantomRows() },
  others: [
    { rows: phantomRows([...plugins, 'dnn', 'mmse']) },
    { rows: dnnAlone },
    { rows: underProtocols(phantomRows(), ['barbieri-2020', 'kaandorp-2021']) },
    { rows: dnnAlone.filter(({ factors: { snr = 20, epoch = 1 } }) => snr === 20 && epoch === 1) },
  ],
};
// More fitters than curves can be told apart of.
const crowd: Runs = {
  few: {
    rows: phantomRows([...plugins.slice(0, 8), 'mmse']).filter(({ factors: { snr = 20 } }) => snr === 20),
  },
  all: { rows: phantomRows([...plugins, 'dnn', 'mmse']) },
  others: [{ rows: underProtocols(phantomRows([...plugins, 'mmse']), ['barbieri-2020', 'kaandorp-2021']) }],
};
const peopleOf = (fitters?: readonly string[]): Drawn => ({
  rows: volunteersRows(fitters),
  pictures: volunteersPictures(fitters),
});
const people = peopleOf();
const volunteers: Runs = {
  few: {
    rows: peopleOf(['ls', 'truth']).rows.filter(
      ({ factors: { session = '', subject = 'sub-01' }, parameter }) =>
        session !== 'ses-15T' && parameter !== 'f' && ['sub-01', 'sub-02'].includes(subject as string),
    ),
    pictures: volunteersPictures(['ls', 'truth']).filter(({ quantity: shows }) => shows !== 'f'),
  },
  all: people,
  others: [
    peopleOf([...plugins.slice(0, 5), 'dnn', 'truth']),
    {
      rows: people.rows.filter(({ factors: { session = 'ses-3T' } }) => session === 'ses-3T'),
      pictures: people.pictures!.filter(({ quantity: shows }) => shows !== 'regions' && shows !== 'b0'),
    },
  ],
};

/** Accepted runs whose errors go up and down by some per cent. */
const historyOf = (runs: number, rows: readonly Row[], times = 1): AcceptedRun[] =>
  Array.from({ length: runs }, (_, k) => ({
    accepted: `2026-01-${String(k + 1).padStart(2, '0')}T00:00:00.000Z`,
    version: '0.1.0',
    commit: '',
    figures: rows
      .filter(({ metric }) => metric === 'rmse')
      .map((row, i) => ({ ...row, value: times * row.value * (1 + 0.03 * Math.sin(3 * k + i)) })),
  }));
const gated = (runs: number, rows: readonly Row[]): Drawn => ({ rows, history: historyOf(runs, rows) });

// What the gate made.
const accepted: Runs = {
  few: gated(2, fewOfPhantom),
  all: gated(5, phantomRows()),
  others: [gated(1, dnnAlone), gated(30, phantomRows([...plugins, 'dnn', 'mmse']))],
};

// Networks carried over.
const carried: Runs = {
  few: { rows: transferRows(['study', 'brain'], [0]) },
  all: { rows: transferRows(['study', 'brain', 'kaandorp-2021', 'kidney'], [0, 100, 1000]) },
  others: [
    { rows: transferRows(['study', 'brain'], [0], plugins) },
    { rows: transferRows(['study', 'brain'], [0, 100], ['dnn']) },
  ],
};

for (const name of figureNames()) {
  const { value: figure } = await loadFigure(name);
  const runs = [phantom, crowd, volunteers, accepted, carried].find(({ all }) => drawOf(figure, all));
  if (runs) checkFigure(test, name, figure, runs);
  // Those of repeated trainings have a file of their own.
  else test(`${name}: draws repeated trainings`, () => assert.ok(drawOf(figure, { rows: repeatedRows() })));
}

test('fitters are ranked at the SNR of each protocol', async () => {
  const { value: figure } = await loadFigure('fitters-ranked');
  const rows = crowd.others[0].rows.filter(
    ({ factors: { protocol, snr = 100 } }) => protocol !== 'kaandorp-2021' || (snr as number) > 40,
  );
  const spec = JSON.stringify(drawOf(figure, { rows }));
  for (const snr of [20, 50]) assert.match(spec, `RMSE of D (10⁻³ mm²/s) at SNR ${snr}`);
});

test('intervals of several protocols have panels for each, and the series and colours of one', async () => {
  const { value: figure } = await loadFigure('reliability');
  const panelsOf = (rows: readonly Row[]) =>
    (drawOf(figure, { rows }) as unknown as { concat: { title?: { subtitle: string } }[] }).concat;
  const several = panelsOf(phantom.others[2].rows);
  const alone = panelsOf(phantom.all.rows);
  assert.is(several.length, 2 * alone.length);
  assert.equal(
    several.flatMap(({ title }) => title?.subtitle ?? []),
    ['barbieri-2020', 'kaandorp-2021'].flatMap((protocol) => [protocol, protocol, protocol]),
  );
  const looks = (panels: object[]) =>
    new Set(JSON.stringify(panels).match(/\{"domain":\[[^\]]*\],"range":\[[^}]*\}/g));
  assert.equal(looks(several), looks(alone));
});

test('lowest losses are written beside three curves, and not over each other beside four', async () => {
  const { value: figure } = await loadFigure('training-loss');
  const losses = dnnAlone.filter(({ metric }) => metric === 'training_loss');
  const withCurves = (count: number) =>
    JSON.stringify(
      drawOf(figure, {
        rows: Array.from({ length: count }, (_, k) =>
          losses.map((row) => ({ ...row, method: `net ${k}` })),
        ).flat(),
      }),
    );
  assert.match(withCurves(3), '"type":"text"');
  assert.not.match(withCurves(4), '"type":"text"');
});

test('a fitter has the same colour in every figure', async () => {
  for (const run of [phantom.all, volunteers.all, { rows: repeatedRows() }, accepted.all]) {
    const colours = new Set<string>();
    for (const name of figureNames()) {
      const spec = JSON.stringify(drawOf((await loadFigure(name)).value, run));
      for (const [, domain, range] of spec.matchAll(/\{"domain":(\[[^\]]*\]),"range":(\["#[^\]]*\])\}/g)) {
        const at = (JSON.parse(domain) as string[]).indexOf('dnn');
        if (at >= 0) colours.add((JSON.parse(range) as string[])[at]);
      }
    }
    assert.is(colours.size, 1);
  }
});

test.run();
