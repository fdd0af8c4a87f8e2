import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit } from '../../src/commands/fit.ts';
import { minimalNifti } from '../data/minimal-nifti.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('fit-regions');
const { path, put } = scratchFolder();
const slope = fileURLToPath(new URL('../fitting/slope-fitter.ts', import.meta.url));
const b = [0, 50, 400, 1000];
put('scan.bval', b.join(' '));
/** Six voxels of S0 100 … 600, the last without signal, of the same decay. */
const S0 = [100, 200, 300, 400, 500, 0];
const values = b.flatMap((each) => S0.map((s) => s * Math.exp(-each * 1e-3)));
const scan = put('scan.nii', minimalNifti({ datatype: 64, shape: [3, 2, 1, 4], values }));
const image = (labels: readonly number[], datatype = 2, shape: readonly number[] = [3, 2, 1]) =>
  minimalNifti({ datatype, shape, values: labels });
const regions = put('regions.nii', image([1, 1, 1, 0, 7, 7]));
const shared = { signals: [scan], fitter: slope, out: path('maps'), quiet: true, report: false };

const table = (): Record<string, string>[] => {
  const [header, ...lines] = readFileSync(path('maps/regions.csv'), 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
};
const line = (region: string, parameter: string) =>
  table().find((each) => each.region === region && each.parameter === parameter)!;

test('statistics per region and parameter are those of numpy, and the mean signal is fitted', async () => {
  await fit({ ...shared, regions });
  // numpy: mean, std(ddof=1), median and quantile(.25, .75) of 100, 200, 300.
  const found = line('region 1', 'S0');
  assert.equal(
    ['voxels', 'n', 'failed_fraction', 'mean', 'sd', 'median', 'iqr', 'mean_signal_fit'].map((name) =>
      Number(Number(found[name]).toPrecision(6)),
    ),
    [3, 3, 0, 200, 100, 200, 100, 200],
  );
  assert.ok(Math.abs(Number(line('region 1', 'D').mean_signal_fit) / 1e-3 - 1) < 1e-6);
  // The voxel without signal is background.
  assert.equal([line('region 7', 'S0').voxels, line('region 7', 'S0').sd], ['1', '']);
});

test('names are read from a table, the one beside the image if none is given; a region without voxels stays', async () => {
  const names = put('names.tsv', 'index\tname\n1\tliver\n3\tspleen\n7\t=cmd()\n');
  await fit({ ...shared, regions, labels: names });
  assert.equal([...new Set(table().map(({ region }) => region))], ['liver', 'spleen', "'=cmd()"]);
  assert.equal([line('spleen', 'D').n, line('spleen', 'D').mean], ['0', '']);
  put('regions.tsv', 'index\tname\n1\tkidney\n');
  await fit({ ...shared, regions });
  assert.equal([...new Set(table().map(({ region }) => region))], ['kidney', 'region 7']);
});

test('mistakes are named', async () => {
  const with_ = (name: string, image_: Uint8Array) => () => fit({ ...shared, regions: put(name, image_) });
  await refused(() => fit({ ...shared, labels: path('regions.tsv') }), '--labels', 'is not given');
  await refused(with_('half.nii', image([0.5, 0, 0, 0, 0, 0], 16)), 'half.nii holds 0.5', 'whole numbers');
  await refused(with_('below.nii', image([-1, 0, 0, 0, 0, 0], 4)), 'below.nii holds -1', 'from 0 on');
  await refused(with_('none.nii', image([0, 0, 0, 0, 0, 0])), 'is 0 everywhere');
  await refused(with_('other.nii', image([1, 1], 2, [2, 1, 1])), 'is 2 x 1 x 1', '3 x 2 x 1');
  await refused(() => fit({ ...shared, regions: path('no.nii') }), 'cannot read', 'no.nii');
  await refused(
    () => fit({ ...shared, regions, labels: put('wrong.tsv', 'a,b\n1,2\n') }),
    'wrong.tsv:1',
    'index',
  );
  const csv = put('t.csv', 'b0,b50,b400,b1000\n1,0.9,0.6,0.3\n');
  await refused(
    () => fit({ ...shared, signals: [csv], out: path('t-out.csv'), regions }),
    'regions belong to',
  );
});

test.run();
