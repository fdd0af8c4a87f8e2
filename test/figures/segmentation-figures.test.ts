import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunManifest, StoredRun } from '../../src/contracts/stored-run.ts';
import { loadFigure } from '../../src/plugins/discover.ts';
import segmentation from '../../src/report/findings/segmentation.ts';
import differences from '../../src/tables/segmentation-differences.ts';
import segmentations from '../../src/tables/segmentations.ts';
import { detectionRows, transferDiceRows } from '../tables/detection-rows.ts';
import { phantomRows } from '../tables/phantom-rows.ts';
import { segmentationPictures, segmentationRows } from '../tables/segmentation-rows.ts';
import { checkFigure } from './check-figure.ts';

const test = suite('figures and tables of segmentation');
const rows = segmentationRows();
const manifest = { config: {} } as unknown as RunManifest;

const { value: dice } = await loadFigure('segmentation-dice');
checkFigure(test, 'segmentation-dice', dice, {
  few: { rows },
  all: { rows: segmentationRows(['unet', 'mine']) },
  others: [{ rows: segmentationRows(['unet', 'wide', 'mine', 'deep']) }],
});

const { value: froc } = await loadFigure('froc');
checkFigure(test, 'froc', froc, {
  few: { rows: detectionRows() },
  all: { rows: detectionRows(['unet', 'mine']) },
  others: [{ rows: detectionRows(['unet', 'wide', 'mine', 'deep']) }],
});

const { value: transfer } = await loadFigure('segmentation-transfer');
checkFigure(test, 'segmentation-transfer', transfer, {
  few: { rows: transferDiceRows([1, 2]) },
  all: { rows: transferDiceRows() },
  others: [{ rows: transferDiceRows([1, 2, 4, 8, 16, 32]) }],
});

test('pictures: readers, networks, floors; below them where they differ from the truth', async () => {
  const { value: figure } = await loadFigure('segmentation-slice');
  const spec = figure.draw(rows, segmentationPictures(), manifest) as unknown as {
    columns: number;
    concat: { title?: { text: string[] } }[];
  };
  assert.is(spec.columns, 5);
  const titles = spec.concat.map(({ title }) => title?.text.join(' '));
  assert.equal(titles.slice(0, 7), [
    ...['b = 0', 'reader1', 'reader2', 'unet', 'unet labels shuffled'],
    ...['truth', 'differs from the truth'],
  ]);
  assert.equal(titles.slice(10, 13), ['fully connected', 'position alone', 'logistic regression']);
  assert.is(titles.length, 20);
  assert.is(figure.draw(rows, [], manifest), null);
});

test('a study of voxels has none of these tables', () => {
  for (const table of [segmentations, differences]) assert.is(table.build(phantomRows(), manifest), null);
});

test('regions in the order of the data set, their mean last; readers, networks and floors in each', () => {
  const { columns, lines } = segmentations.build(rows, manifest)!;
  const at = (name: string) =>
    lines.map(({ values }) => values[columns.findIndex((column) => column.name === name)]);
  assert.is(lines.length, 3 * 6);
  assert.equal([at('region')[0], at('region')[6], at('region')[12]], ['pancreas', 'left liver', 'all']);
  assert.equal(at('method').slice(0, 6), [
    ...['reader1', 'reader2', 'unet'],
    ...['fully connected', 'position alone', 'logistic regression'],
  ]);
  assert.is(at('dice_over_readers')[0], null);
  const compared = differences.build(rows, manifest)!;
  assert.equal(
    compared.lines.map(({ values }) => [values[0], values[2]]),
    [
      ['unet', 'logistic regression'],
      ['unet, labels shuffled', 'unet'],
      ['fully connected', 'unet'],
      ['position alone', 'unet'],
      ['logistic regression', 'unet'],
    ],
  );
});

test('the finding sets a network beside the agreement of readers, and names poor regions', () => {
  const found = (networks: readonly string[]) =>
    segmentation.find({ rows: segmentationRows(networks), manifest } as unknown as StoredRun).found;
  const [beside, others] = found(['unet']);
  assert.match(
    beside,
    /unet has a mean Dice of 0\.820 .* by 0\.010 \(−0\.010 to 0\.030\), not more than 0\.02/,
  );
  assert.match(beside, /Every region has at least 0\.80\.$/);
  assert.match(others, /fully connected 0\.\d{3}, .*unet, labels shuffled 0\.480/);
  assert.match(
    found(['unet', 'deep', 'deeper', 'deepest'])[2],
    /deepest .* more than 0\.02 below it\. Below 0\.80: pancreas 0\.\d\d/,
  );
  assert.equal(segmentation.find({ rows: phantomRows(), manifest } as unknown as StoredRun).found, []);
});

test.run();
