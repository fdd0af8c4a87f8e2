import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadFigure } from '../../src/plugins/discover.ts';
import aucDifferences from '../../src/tables/auc-differences.ts';
import classifiers from '../../src/tables/classifiers.ts';
import decisions from '../../src/tables/classifier-decisions.ts';
import fibrosisAndPaper from '../../src/tables/fibrosis-and-paper.ts';
import type { RunManifest } from '../../src/contracts/stored-run.ts';
import type { ValueWithInterval } from '../../src/contracts/table.ts';
import { classificationPictures, classificationRows } from '../tables/classification-rows.ts';
import { phantomRows } from '../tables/phantom-rows.ts';
import { checkFigure } from './check-figure.ts';

const test = suite('figures and tables of classified cases');
const rows = classificationRows();
const pictures = classificationPictures();
const manifest = { config: {} } as unknown as RunManifest;

for (const name of [
  ...['auc-by-condition', 'roc', 'confusion-matrix', 'reliability-diagram', 'learning-curve', 'fine-tuning'],
  'occlusion',
  'training-curves',
]) {
  const { value: figure } = await loadFigure(name);
  checkFigure(test, name, figure, {
    few: { rows: classificationRows(['cnn3d']), pictures: pictures.slice(0, 2) },
    all: { rows, pictures },
    others: [{ rows: classificationRows(['cnn3d', 'mlp', 'residual3d', 'mine']), pictures }],
  });
}

test('a study of voxels has none of these tables', () => {
  for (const table of [classifiers, decisions, aucDifferences, fibrosisAndPaper]) {
    assert.is(table.build(phantomRows(), manifest), null);
  }
});

test('AUC: the study’s own settings first, the best first; conditions after it', () => {
  const { columns, lines } = classifiers.build(rows, manifest)!;
  const at = (name: string) =>
    lines.map(({ values }) => values[columns.findIndex((column) => column.name === name)]);
  assert.equal(at('method'), [
    'cnn3d',
    'mlp',
    'mean ADC',
    ...new Array<string>(6).fill('cnn3d'),
    ...new Array<string>(3).fill('ideal observer'),
  ]);
  assert.equal(at('condition'), [
    'as configured',
    'as configured',
    'as configured',
    'T1w alone',
    'learning curve, 50 cases',
    'learning curve, 100 cases',
    'other scanner, fine-tuned, 0 cases',
    'other scanner, fine-tuned, 10 cases',
    'other scanner, from scratch, 10 cases',
    ...['', '', ''],
  ]);
  assert.equal(at('trainings'), [4, 4, 2, 2, 2, 2, 2, 2, 2, null, null, null]);
  const [best] = at('auc_population') as ValueWithInterval[];
  const values = rows
    .filter(
      ({ metric, method, factors }) =>
        metric === 'auc' &&
        method === 'cnn3d' &&
        factors.set === 'population' &&
        factors.condition === undefined,
    )
    .map(({ value }) => value)
    .sort((a, b) => a - b);
  assert.equal([best.value, best.low, best.high], [(values[1] + values[2]) / 2, values[0], values[3]]);
  assert.equal(at('auc_population').slice(-3), [0.98, 0.8, 0.93]);
});

test('the paper’s numbers stand beside those of networks alone', () => {
  const { lines } = fibrosisAndPaper.build(rows, manifest)!;
  assert.equal(
    lines.map(({ values }) => values[0]),
    ['Fan 2022 (published)', 'cnn3d', 'mlp'],
  );
  assert.equal(lines[0].values.slice(1, 4), [45, 0.94, 0.98]);
  const width = lines[1].values[4] as number;
  const widths = rows
    .filter(
      ({ metric, method, factors }) =>
        metric === 'auc' && method === 'cnn3d' && factors.set === 'test' && factors.condition === undefined,
    )
    .map(({ ciLow, ciHigh }) => ciHigh - ciLow);
  assert.ok(Math.abs(width - widths.reduce((sum, each) => sum + each, 0) / 4) < 1e-12);
});

test('decisions are medians over trainings on test cases and the population', () => {
  const { columns, lines } = decisions.build(rows, manifest)!;
  const place = columns.findIndex(({ name }) => name === 'accuracy');
  const [first] = lines;
  assert.equal(first.values.slice(0, 3), ['cnn3d', 'as configured', 'test']);
  const values = rows
    .filter(
      ({ metric, method, factors }) =>
        metric === 'accuracy' &&
        method === 'cnn3d' &&
        factors.set === 'test' &&
        factors.condition === undefined,
    )
    .map(({ value }) => value)
    .sort((a, b) => a - b);
  assert.is((first.values[place] as ValueWithInterval).value, (values[1] + values[2]) / 2);
});

test.run();
