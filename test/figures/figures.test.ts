import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AcceptedRun } from '../../src/contracts/accepted-run.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { figureNames, loadFigure } from '../../src/plugins/discover.ts';
import { renderFigure } from '../../src/report/render-figure.ts';
import { phantomPictures, phantomRows, underProtocols } from '../tables/phantom-rows.ts';
import { classificationPictures, classificationRows } from '../tables/classification-rows.ts';
import { correlationRows } from '../tables/correlation-rows.ts';
import { denoisedRows } from '../tables/denoised-rows.ts';
import { imagePictures, imageRows } from '../tables/image-rows.ts';
import { reconstructionPictures, reconstructionRows } from '../tables/reconstruction-rows.ts';
import { lesionDetectionRows } from '../tables/lesion-detection-rows.ts';
import { networkReaderRows } from '../tables/network-reader-rows.ts';
import { segmentationTransferRows } from '../tables/segmentation-transfer-rows.ts';
import { segmentationPictures, segmentationRows } from '../tables/segmentation-rows.ts';
import { repeatedRows } from '../tables/repeated-rows.ts';
import { modelCheckRows, tissueMapRows } from '../tables/tissue-rows.ts';
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
// Fitters to compare with each other.
const rivals: Runs = {
  few: { rows: fewOfPhantom.concat(phantomRows(['map']).filter(({ factors: { snr = 20 } }) => snr === 20)) },
  all: { rows: phantomRows() },
  others: phantom.others.filter(({ rows }) => rows.some(({ method }) => method === 'mmse')),
};
// One voxel and its fits.
const example: Runs = {
  few: { rows: fewOfPhantom, pictures: phantomPictures(['ls', 'dnn', 'mmse']) },
  all: { rows: phantomRows(), pictures: phantomPictures() },
  others: [
    { rows: phantomRows(plugins), pictures: phantomPictures(plugins) },
    {
      rows: dnnAlone,
      pictures: phantomPictures(['dnn']).filter(({ factors: { snr } }) => snr === 20),
    },
    {
      rows: phantomRows(),
      pictures: ['first', 'second'].flatMap((protocol) =>
        phantomPictures().map((each) => ({ ...each, factors: { protocol, ...each.factors } })),
      ),
    },
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
    values: rows
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

// Signals that the model describes or not.
const checked: Runs = {
  few: { rows: modelCheckRows(['ls', 'mmse']) },
  all: { rows: modelCheckRows(['ls', 'map', 'dnn', 'mmse']) },
  others: [{ rows: modelCheckRows(plugins) }, { rows: modelCheckRows(['dnn'], [20]) }],
};

// Every true f and Dp.
const mapped: Runs = {
  few: { rows: tissueMapRows(['ls']) },
  all: { rows: tissueMapRows(['ls', 'map', 'mmse'], [20, 50], ['barbieri-2020', 'kaandorp-2021']) },
  others: [{ rows: tissueMapRows(plugins) }, { rows: tissueMapRows(['dnn'], [10, 20, 50]) }],
};

// How alike fitters are.
const alike: Runs = {
  few: { rows: correlationRows(['ls', 'map']) },
  all: { rows: correlationRows([...plugins, 'ls', 'map'], [20, 50]) },
  others: [
    { rows: correlationRows(['ls', 'map', 'dnn'], [10, 20, 50]) },
    { rows: underProtocols(correlationRows(['ls', 'map']), ['barbieri-2020', 'kaandorp-2021']) },
  ],
};

/** Runs of repeated trainings, of classified cases and of images, whose figures have files of their own. */
const elsewhere: Drawn = {
  rows: [
    ...repeatedRows(),
    ...classificationRows(),
    ...imageRows(),
    ...reconstructionRows(),
    ...denoisedRows(),
    ...segmentationRows(),
    ...networkReaderRows(['ls']),
    ...segmentationTransferRows(),
    ...lesionDetectionRows(),
  ],
  pictures: [
    ...classificationPictures(),
    ...imagePictures(),
    ...reconstructionPictures(),
    ...segmentationPictures(),
  ],
};

for (const name of figureNames()) {
  const { value: figure } = await loadFigure(name);
  const runs = [phantom, rivals, example, crowd, volunteers, accepted, carried, checked, mapped, alike].find(
    ({ all, others }) => [all, ...others].every((run) => drawOf(figure, run)),
  );
  if (runs) checkFigure(test, name, figure, runs);
  else {
    test(`${name}: draws repeated trainings, classified cases or images`, () =>
      assert.ok(drawOf(figure, elsewhere)));
  }
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

/** The figure of training losses with so many curves in its panel. */
async function withCurves(count: number): Promise<string> {
  const { value: figure } = await loadFigure('training-loss');
  const losses = dnnAlone.filter(({ metric }) => metric === 'training_loss');
  const rows = Array.from({ length: count }, (_, k) =>
    losses.map((row) => ({ ...row, factors: { ...row.factors, stage: `stage ${k}` } })),
  );
  return JSON.stringify(drawOf(figure, { rows: rows.flat() }));
}

test('lowest losses are written beside two curves of a panel, and not over each other beside three', async () => {
  assert.match(await withCurves(2), '"type":"text"');
  assert.not.match(await withCurves(3), '"type":"text"');
});

test('a panel of losses for each network, and a colour for each of its trainings', async () => {
  const { value: figure } = await loadFigure('training-loss');
  const losses = dnnAlone.filter(({ metric }) => metric === 'training_loss');
  const rows = ['dnn', 'mine'].flatMap((method) =>
    ['a', 'b', 'c'].flatMap((stage) =>
      losses.map((row) => ({ ...row, method, factors: { ...row.factors, stage } })),
    ),
  );
  const spec = drawOf(figure, { rows }) as unknown as { concat: { title: string }[] };
  assert.equal(
    spec.concat.map(({ title }) => title),
    ['dnn', 'mine'],
  );
  const colors = /"range":(\["#[^\]]*\])/.exec(JSON.stringify(spec))!;
  assert.is(new Set(JSON.parse(colors[1]) as string[]).size, 3);
});

test('more trainings than colours have that of their network, and no legend', async () => {
  const colorsOf = (text: string) =>
    new Set(JSON.parse(/"range":(\["#[^\]]*\])/.exec(text)![1]) as string[]).size;
  const [six, seven] = [await withCurves(6), await withCurves(7)];
  assert.equal([colorsOf(six), colorsOf(seven)], [6, 1]);
  assert.match(six, '"legend":{');
  assert.not.match(seven, '"legend":{');
});

test('panels of coverage share their axis over parameters', async () => {
  const { value: figure } = await loadFigure('reliability');
  const spec = JSON.stringify(drawOf(figure, phantom.all));
  const lower = [...spec.matchAll(/"scale":\{"domain":\[(\d+),100\],"nice":false\}/g)].map(([, low]) => low);
  assert.is(new Set(lower).size, 1);
});

test('the axis of agreement fits the data, whatever the study reports', async () => {
  const { value: figure } = await loadFigure('reader-agreement');
  const icc = people.rows.filter(({ metric }) => metric === 'icc2');
  const rows = icc.map((row) => ({ ...row, value: 0.99, ciLow: 0.98, ciHigh: 0.995 }));
  const spec = JSON.stringify(
    drawOf(figure, { rows: [...people.rows.filter((row) => !icc.includes(row)), ...rows] }),
  );
  for (const [, low] of spec.matchAll(/"scale":\{"domain":\[([\d.]+),/g)) assert.ok(Number(low) > 97, low);
});

test('Bland-Altman plots have a column per fitter and one vertical axis per row', async () => {
  const { value: figure } = await loadFigure('bland-altman');
  const spec = drawOf(figure, people) as unknown as {
    columns: number;
    concat: { title: { text: string }; layer: { encoding: { y: { scale: { domain: number[] } } } }[] }[];
  };
  assert.is(spec.columns, 4);
  for (let row = 0; row < spec.concat.length; row += 4) {
    const panels = spec.concat.slice(row, row + 4);
    assert.is(new Set(panels.map(({ title }) => title.text.split(' · ')[0])).size, 1);
    assert.is(new Set(panels.map(({ layer }) => layer[0].encoding.y.scale.domain.join())).size, 1);
  }
});

test('the best fitter of every column is 1, and none that fails often', async () => {
  const { value: figure } = await loadFigure('best-where');
  const rows = phantomRows().map((row) =>
    row.metric === 'failed_fraction' && row.method === 'dnn' && row.factors.snr === 10
      ? { ...row, value: 0.5 }
      : row,
  );
  const spec = drawOf(figure, { rows }) as unknown as {
    concat: {
      data: { values: { fitter: string; snr: number; ratio: number; label: string; best: boolean }[] };
    }[];
  };
  for (const { data } of spec.concat) {
    for (const snr of new Set(data.values.map((cell) => cell.snr))) {
      const column = data.values.filter((cell) => cell.snr === snr);
      assert.equal(
        column.filter(({ best }) => best).map(({ fitter, ratio }) => [fitter, ratio]),
        [[snr === 10 ? 'map' : 'dnn', 1]],
      );
      assert.ok(column.every(({ fitter }) => fitter !== 'mmse'));
    }
    assert.match(data.values.find(({ fitter, snr }) => fitter === 'dnn' && snr === 10)!.label, '†');
  }
});

test('an example without its signals is not drawn, and curves end at the frame', async () => {
  const { value: figure } = await loadFigure('example-decays');
  const pictures = phantomPictures(['ls', 'dnn']);
  const measured = ({ method }: { method: string }) => method === '';
  assert.is(drawOf(figure, { rows: dnnAlone, pictures: pictures.filter((each) => !measured(each)) }), null);
  const far = pictures.map((each) =>
    each.method === 'ls' && each.quantity === 'decay'
      ? { ...each, values: each.values.map((value, i) => (i < each.width ? value : value * 1e-9)) }
      : each,
  );
  const svg = await renderFigure(drawOf(figure, { rows: dnnAlone, pictures: far })!);
  assert.not.match(svg, / d="[^"]*(?<![.\d])\d{5}/);
});

test('ratios beside the errors are to the floor, or without one to the bound', async () => {
  const { value: figure } = await loadFigure('rmse-against-snr');
  const spec = (fitters: readonly string[]) => JSON.stringify(drawOf(figure, { rows: phantomRows(fitters) }));
  assert.match(spec(['ls', 'mmse']), 'RMSE divided by that of mmse');
  const bounded = figure.draw(phantomRows(['ls']), [], { config: {} });
  assert.match(JSON.stringify(bounded), 'RMSE divided by the Cramér-Rao bound');
  const neither = phantomRows(['ls']).filter(({ method }) => method === 'ls');
  assert.not.match(JSON.stringify(figure.draw(neither, [], { config: {} })), 'divided by');
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
