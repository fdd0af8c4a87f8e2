import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunManifest, StoredRun } from '../../src/contracts/stored-run.ts';
import { loadFigure } from '../../src/plugins/discover.ts';
import undersampled from '../../src/report/findings/undersampled.ts';
import lesions from '../../src/tables/reconstructed-lesions.ts';
import differences from '../../src/tables/reconstruction-differences.ts';
import robustness from '../../src/tables/reconstruction-robustness.ts';
import reconstructions from '../../src/tables/reconstructions.ts';
import { phantomRows } from '../tables/phantom-rows.ts';
import { reconstructionPictures, reconstructionRows } from '../tables/reconstruction-rows.ts';
import { checkFigure } from './check-figure.ts';

const test = suite('figures and tables of undersampled images');
const rows = reconstructionRows();
const manifest = { config: {} } as unknown as RunManifest;

for (const name of ['reconstruction-errors', 'reconstructed-lesions', 'reconstruction-robustness']) {
  const { value: figure } = await loadFigure(name);
  checkFigure(test, name, figure, {
    few: { rows: reconstructionRows(['unrolled']) },
    all: { rows },
    others: [{ rows: reconstructionRows(['unrolled', 'unet', 'mine', 'wide']) }],
  });
}

test('pictures: the truth first, networks last, differences below them, then the part about a lesion', async () => {
  const { value: figure } = await loadFigure('reconstruction-grid');
  const spec = figure.draw(rows, reconstructionPictures(), manifest) as unknown as {
    columns: number;
    concat: { title?: { text: string[] } }[];
  };
  assert.is(spec.columns, 6);
  const titles = spec.concat.map(({ title }) => title?.text.join(' '));
  // Two receivers at 4-fold of unseen subjects, and the first of the other head; three rows each.
  assert.is(titles.length, 3 * 3 * 6);
  assert.equal(titles.slice(0, 8), [
    'truth unseen subjects 4-fold',
    'zero-filled',
    'total variation',
    'wavelets',
    'unet',
    'unrolled',
    undefined,
    'difference (±0.63)',
  ]);
  assert.is(titles[18], 'truth unseen subjects 4-fold 8 coils');
  assert.is(titles[36], 'truth another head 4-fold');
  assert.is(figure.draw(rows, [], manifest), null);
});

test('a study of voxels has none of these tables', () => {
  for (const table of [reconstructions, differences, lesions, robustness]) {
    assert.is(table.build(phantomRows(), manifest), null);
  }
});

test('errors: without a network first, by receiver and acceleration; changed data are in a table of their own', () => {
  const { columns, lines } = reconstructions.build(rows, manifest)!;
  const at = (name: string) =>
    lines.map(({ values }) => values[columns.findIndex((column) => column.name === name)]);
  assert.is(lines.length, 2 * 3 * 5);
  assert.equal(at('method').slice(0, 5), ['zero-filled', 'total variation', 'wavelets', 'unet', 'unrolled']);
  assert.equal([at('acceleration')[0], at('acceleration')[5], at('coils')[10]], [2, 4, 8]);
  assert.equal(at('regularisation').slice(0, 3), [null, 0.01, 0.01]);
  const changed = robustness.build(rows, manifest)!;
  assert.equal(
    changed.columns.map(({ name }) => name),
    ['method', 'unchanged', 'noise_x_2', 'acceleration_5', 't1_weighted', 'another_head'],
  );
  assert.is(changed.lines.length, 5);
});

test('the finding compares with compressed sensing at every acceleration and says what lesions lose', () => {
  const run = { rows, manifest } as unknown as StoredRun;
  const { found } = undersampled.find(run);
  // The network with the lowest error comes first, whatever its name.
  assert.match(found[0], /^unrolled, one coil, unseen subjects: /);
  assert.match(
    found.find((line) => line.startsWith('unet, 8 coils, unseen'))!,
    /^unet, 8 coils, unseen subjects: at 4-fold the error is .* %, 0\.80 times that of compressed sensing\.$/,
  );
  assert.match(
    found.at(-2)!,
    /at 2-fold with one coil .*unet keeps 0\.\d\d of their contrast and shows 0\.\d\d/,
  );
  assert.equal(undersampled.find({ rows: phantomRows(), manifest } as unknown as StoredRun).found, []);
});

test.run();
