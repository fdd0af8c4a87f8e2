import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunManifest, StoredRun } from '../../src/contracts/stored-run.ts';
import { loadFigure } from '../../src/plugins/discover.ts';
import denoising from '../../src/report/findings/denoising.ts';
import errors from '../../src/tables/denoised-errors.ts';
import lesions from '../../src/tables/denoised-lesions.ts';
import { denoisedRows } from '../tables/denoised-rows.ts';
import { phantomRows } from '../tables/phantom-rows.ts';
import { checkFigure } from './check-figure.ts';

const test = suite('figures and tables of denoised fits');
const rows = denoisedRows();
const manifest = { config: {} } as unknown as RunManifest;

const { value: figure } = await loadFigure('denoised-errors');
checkFigure(test, 'denoised-errors', figure, {
  few: { rows: denoisedRows(['ls']) },
  all: { rows },
  others: [{ rows: denoisedRows(['ls', 'segmented', 'map', 'mine']) }],
});

test('a line per fitter and denoising, as acquired first, networks last', () => {
  const { columns, lines } = errors.build(rows, manifest)!;
  assert.equal(
    lines.map(({ values }) => values.slice(0, 3)),
    ['ls', 'segmented'].flatMap((fitter) =>
      [
        ['as acquired', 1],
        ['Gaussian filter', 0.8],
        ['MP-PCA', 0.9],
        ['unet', 0.6],
      ].map(([name, value]) => [fitter, name, value]),
    ),
  );
  const at = (name: string) => columns.findIndex((column) => column.name === name);
  // In 10⁻³ mm²/s.
  assert.ok(Math.abs((lines[1].values[at('rmse_Dp')] as { value: number }).value - 48) < 1e-9);
  assert.is(lines[3].values[at('icc_D')], 0.96);
  const content = lesions.build(rows, manifest)!;
  const bias = content.columns.findIndex(({ name }) => name === 'bias_Dp');
  assert.is((content.lines[7].values[bias] as { value: number }).value, 90);
  for (const table of [errors, lesions]) assert.is(table.build(phantomRows(), manifest), null);
});

test('the finding names the best, what every denoising changes, and the bias in the lesion', () => {
  const { found } = denoising.find({ rows, manifest } as unknown as StoredRun);
  assert.equal(found, [
    'The smallest errors are D 0.108 10⁻³ mm²/s (segmented after unet; without denoising 0.180 10⁻³ mm²/s, segmented), f 0.0432 (segmented after unet; without denoising 0.0720, segmented) and Dp 32.4 10⁻³ mm²/s (segmented after unet; without denoising 54.0 10⁻³ mm²/s, segmented).',
    'ls: the errors change by Gaussian filter D −20 %, f −20 %, Dp −20 %; MP-PCA D −10 %, f −10 %, Dp −10 %; unet D −40 %, f −40 %, Dp −40 %.',
    'segmented: the errors change by Gaussian filter D −20 %, f −20 %, Dp −20 %; MP-PCA D −10 %, f −10 %, Dp −10 %; unet D −40 %, f −40 %, Dp −40 %.',
    'Bias of Dp in the lesion: ls as acquired +60 %, Gaussian filter +70 %, MP-PCA +80 %, unet +90 %; segmented as acquired +60 %, Gaussian filter +70 %, MP-PCA +80 %, unet +90 %.',
  ]);
  assert.equal(denoising.find({ rows: phantomRows(), manifest } as unknown as StoredRun).found, []);
});

test.run();
