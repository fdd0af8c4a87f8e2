import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AcceptedRun } from '../../src/contracts/accepted-run.ts';
import type { Figure } from '../../src/contracts/figure.ts';
import type { Row } from '../../src/contracts/metric.ts';
import type { Picture } from '../../src/contracts/picture.ts';
import { figureNames, loadFigure } from '../../src/plugins/discover.ts';
import { renderFigure } from '../../src/report/render-figure.ts';
import { phantomRun } from '../report/phantom-run.ts';
import { phantomRows, underProtocols } from '../tables/phantom-rows.ts';
import { repeatedRows } from '../tables/repeated-rows.ts';
import { transferRows } from '../tables/transfer-rows.ts';
import { volunteersPictures, volunteersRows } from '../tables/volunteers-rows.ts';
import { matchesSnapshot } from './matches-snapshot.ts';

const test = suite('figures');

/** A run as a figure sees it. */
interface Drawn {
  readonly rows: readonly Row[];
  readonly pictures?: readonly Picture[];
  readonly history?: readonly AcceptedRun[];
}

/** Runs of one experiment: one short enough that its snapshot can be read in a diff, and others that a figure must bear. */
interface Runs {
  readonly few: Drawn;
  readonly all: Drawn;
  readonly others: readonly Drawn[];
}

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
    pictures: volunteersPictures(['ls', 'truth']).filter(({ shows }) => shows !== 'f'),
  },
  all: people,
  others: [
    peopleOf([...plugins.slice(0, 5), 'dnn', 'truth']),
    {
      rows: people.rows.filter(({ factors: { session = 'ses-3T' } }) => session === 'ses-3T'),
      pictures: people.pictures!.filter(({ shows }) => shows !== 'regions' && shows !== 'b0'),
    },
  ],
};

// Trainings that are repeated.
const networks: Runs = {
  few: {
    rows: repeatedRows().filter(
      ({ factors: { run = 1, depth = 0, snr = 20 } }) =>
        (run as number) <= 2 && (depth as number) <= 1 && snr === 20,
    ),
  },
  all: { rows: repeatedRows() },
  others: [
    { rows: repeatedRows([...plugins, 'dnn']) },
    { rows: repeatedRows().filter(({ factors: { run = 1 } }) => run === 1) },
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

const { manifest } = phantomRun();
const drawOf = (figure: Figure, { rows, pictures, history }: Drawn) =>
  figure.draw(rows, pictures ?? [], manifest, history);

for (const name of figureNames()) {
  const { value: figure } = await loadFigure(name);
  const { few, all, others } = [phantom, crowd, networks, volunteers, accepted, carried].find((runs) =>
    drawOf(figure, runs.all),
  )!;

  test(`${name}: the specification is as it was`, () => {
    matchesSnapshot(name, drawOf(figure, few));
  });

  test(`${name}: not there without its rows, and rows are left as they are`, () => {
    assert.is(figure.draw([], [], manifest), null);
    const strangers = few.rows.map((row): Row => ({ ...row, metric: 'a_stranger' }));
    assert.is(figure.draw(strangers, [], manifest), null);
    const before = JSON.stringify(few);
    drawOf(figure, few);
    assert.is(JSON.stringify(few), before);
  });

  test(`${name}: draws whole runs, small ones and twelve fitters without a complaint`, async () => {
    for (const run of [all, ...others]) {
      const { svg, png } = await renderFigure(drawOf(figure, run)!);
      assert.match(svg, '<path');
      assert.equal([...png.slice(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    }
  });

  test(`${name}: leaves out what is not a number`, async () => {
    const { rows, pictures = [], history = [] } = few;
    const [first, ...rest] = rows.filter(({ metric }) => metric !== 'bias');
    const broken = rows.map((row, i) =>
      i % 7 === 0 ? { ...row, value: NaN, ciLow: NaN, ciHigh: NaN } : row,
    );
    const empty = pictures.map((picture) => ({ ...picture, values: picture.values.map(() => NaN) }));
    const lost = history.map((run) => ({
      ...run,
      figures: run.figures.map((one, i) => (i % 3 === 0 ? { ...one, value: NaN } : one)),
    }));
    const runs: Drawn[] = [
      { rows: broken, pictures: empty, history: lost },
      { rows: rest, pictures, history },
      { rows: [{ ...first, factors: { ...first.factors, snr: Infinity } }, ...rest], pictures, history },
    ];
    for (const run of runs) {
      const spec = drawOf(figure, run)!;
      assert.not.match(withoutImages(JSON.stringify(spec)), /NaN|Infinity/);
      assert.not.match(withoutImages((await renderFigure(spec)).svg), /NaN|undefined|null/);
    }
  });
}

/** Letters of encoded images may spell anything. */
const withoutImages = (text: string): string => text.replace(/base64,[\w+/=]+/g, '');

test('a fitter has the same colour in every figure', async () => {
  for (const run of [phantom.all, volunteers.all, networks.all, accepted.all]) {
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
