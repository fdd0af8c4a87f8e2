import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadFigure, loadTable } from '../../src/plugins/discover.ts';
import type { RunManifest } from '../../src/contracts/stored-run.ts';
import { imagePictures, imageRows } from '../tables/image-rows.ts';
import { phantomRows } from '../tables/phantom-rows.ts';
import { checkFigure } from './check-figure.ts';

const test = suite('figures and tables of images made from images');
const [rows, pictures] = [imageRows(), imagePictures()];
const manifest = { config: {} } as unknown as RunManifest;

for (const name of ['image-errors', 'image-grid', 'image-shifts']) {
  const { value: figure } = await loadFigure(name);
  checkFigure(test, name, figure, {
    few: { rows: imageRows(['unet']), pictures: pictures.slice(0, 4) },
    all: { rows, pictures },
    others: [{ rows: imageRows(['unet', 'mine', 'another']), pictures }],
  });
}

test('a network has the mean over its trainings; a study of voxels has no such table', async () => {
  const { value: table } = await loadTable('images');
  assert.is(table.build(phantomRows(), manifest), null);
  const { columns, lines } = table.build(rows, manifest)!;
  const text = JSON.stringify(lines.map(({ values }) => values));
  assert.ok(columns.length > 3);
  // 10 and 11 % against six repetitions on unseen subjects.
  assert.match(text, '"value":10.5');
});

test.run();
