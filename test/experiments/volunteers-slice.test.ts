import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import volunteers from '../../experiments/volunteers.ts';
import { sliceRows, tissueRows } from '../../experiments/volunteers/slice-rows.ts';
import type { CellResult } from '../../src/contracts/cell.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import sampleFigure from '../../src/figures/sample-slice.ts';
import { carryOut, keysOf } from './carry-out.ts';
import { scratch, smallDataSet, smallStudy } from './small-volunteers.ts';

const test = suite('volunteers: fitters that learn from the sample slice alone');

const fitters = [
  { use: 'ls-global' },
  { use: 'map', prior: 'empirical' },
  { use: 'dnn', epochs: 3, batch: 64 },
];
const studyOf = (sample: string, set: string[] = []) =>
  smallStudy(fitters, { set: [`sample=${sample}`, ...set] });
const SLICE = '{session: 3T, slice: 2, learnFrom: slice}';

const [study, slice] = await Promise.all([
  studyOf('{session: 3T, slice: 2}').then((config) => carryOut(volunteers, config, join(scratch, 'study'))),
  studyOf(SLICE).then((config) => carryOut(volunteers, config, join(scratch, 'slice'))),
]);

const pictureOf = (results: ReadonlyMap<string, CellResult>, method: string, quantity: string) =>
  [...results.values()]
    .flatMap(({ pictures = [] }) => pictures)
    .filter((picture) => picture.method === method && picture.quantity === quantity);

test('rows of a slice are those of its voxels; air is none of its tissue', () => {
  const drawn = [{ reader: 'A', region: 'liver', voxels: Uint32Array.of(4, 6), rows: Uint32Array.of(1, 3) }];
  const of = {
    session: { shape: [2, 2, 3] as [number, number, number] },
    voxels: Uint32Array.of(0, 4, 5, 6, 8),
    // The median of the drawn voxels is 100, so that air is what has less than 20.
    b0: Float32Array.of(50, 0, 0, 0, 100, 19, 100, 0, 20, 0, 0, 0),
    drawn,
  };
  assert.equal([...sliceRows(of, 1)], [1, 2, 3]);
  assert.equal([...tissueRows(of, 1)], [1, 3]);
  assert.equal([...tissueRows(of, 0)], [0]);
  assert.equal([...tissueRows(of, 2)], [4]);
});

test('maps of the slice differ where a fitter learns, and nothing else does', () => {
  for (const parameter of PARAMETERS) {
    for (const method of ['ls-global', 'map', 'dnn']) {
      const [before, ...more] = pictureOf(study, method, parameter);
      const [after, ...others] = pictureOf(slice, method, parameter);
      assert.is(more.length + others.length, 0);
      // Air is where it was.
      assert.equal([...after.values].map(Number.isNaN), [...before.values].map(Number.isNaN));
      const same = Buffer.from(before.values.buffer).equals(Buffer.from(after.values.buffer));
      assert.is(same, method === 'ls-global', `${method} ${parameter}`);
      assert.is(after.factors.stage, method === 'ls-global' ? undefined : 'sub-01 ses-3T slice 2');
    }
  }
  const times = ['prepare_s', 'fit_us_per_voxel', 'calibration_us'];
  const rowsOf = (id: string, results: ReadonlyMap<string, CellResult>) =>
    results.get(id)!.rows.filter(({ metric }) => !times.includes(metric));
  for (const id of study.keys()) assert.equal(rowsOf(id, slice), rowsOf(id, study), id);
  const added = [...slice.keys()].filter((id) => !study.has(id));
  assert.equal(
    added.sort(),
    ['dnn', 'map']
      .flatMap((name) => [`fit ${name} sub-01 ses-3T slice 2`, `prepare ${name} sub-01 ses-3T slice 2`])
      .sort(),
  );
});

test('it learns from the tissue of the slice, whose number of voxels is noted, and its maps are files', () => {
  const [map] = pictureOf(slice, 'dnn', 'D');
  const tissue = map.values.filter((value) => !Number.isNaN(value)).length;
  const { rows, notes } = slice.get('prepare dnn sub-01 ses-3T slice 2')!;
  const losses = rows.filter(({ metric }) => metric === 'training_loss');
  assert.is(losses.length, 3);
  assert.ok(losses.every(({ n }) => n === tissue));
  assert.match(notes!.join(), `dnn learned from the ${tissue} voxels of this slice that are not air`);
  const { publishes } = slice.get('fit map sub-01 ses-3T slice 2')!;
  assert.is(publishes!.get('maps/sub-01/ses-3T/map/slice/D.nii.gz'), 'D.nii.gz');
});

test('the figure says which maps are of what was learned from the slice', () => {
  const titles = (results: ReadonlyMap<string, CellResult>) => {
    const pictures = [...results.values()].flatMap(({ pictures = [] }) => pictures);
    const spec = sampleFigure.draw([], pictures, { config: {} }) as unknown as {
      readonly concat: readonly { readonly title?: { readonly text: string; readonly subtitle?: string } }[];
    };
    return spec.concat
      .flatMap(({ title }) => (title?.subtitle === 'learned from this slice' ? [title.text] : []))
      .sort();
  };
  assert.equal(titles(study), []);
  assert.equal(
    titles(slice),
    ['map', 'dnn'].flatMap((name) => PARAMETERS.map((parameter) => `${parameter} · ${name}`)).sort(),
  );
});

test('keys: the option changes those of the slice alone, and its slice those of the option', async () => {
  const [plain, own, next] = await Promise.all(
    ['{session: 3T, slice: 2}', SLICE, '{session: 3T, slice: 3, learnFrom: slice}'].map(async (sample) =>
      keysOf(volunteers, await studyOf(sample)),
    ),
  );
  const changed = [...plain].filter(([id, key]) => own.get(id) !== key).map(([id]) => id);
  // Fits of the session no longer draw the slice; what reads them is read anew.
  assert.equal(changed.sort(), [
    'agree dnn ses-3T',
    'agree map ses-3T',
    'fit dnn sub-01 ses-3T',
    'fit map sub-01 ses-3T',
  ]);
  const preparation = (keys: ReadonlyMap<string, string>, index: number) =>
    keys.get(`prepare map sub-01 ses-3T slice ${index}`);
  assert.is.not(preparation(own, 2), preparation(next, 3));
});

test('a slice without tissue is refused by name, and so is another word', async () => {
  const folder = await smallDataSet();
  const file = join(folder, 'sub-01/ses-3T/dwi/sub-01_ses-3T_dwi.nii.gz');
  const bytes = new Uint8Array(gunzipSync(readFileSync(file)));
  // The last of six slices of every volume becomes air: numbers of four bytes after a header of 352.
  const size = 32 * 24;
  for (let volume = 0; volume < 8; volume++) {
    const start = 352 + 4 * size * (6 * volume + 5);
    new Float32Array(bytes.buffer, start, size).fill(0.01);
  }
  writeFileSync(file, gzipSync(bytes));
  const air = await smallStudy([{ use: 'map', prior: 'empirical' }], {
    data: [`bids: ${JSON.stringify(folder)}`],
    set: ['sample={session: 3T, slice: 5, learnFrom: slice}'],
  });
  try {
    await carryOut(volunteers, air, join(scratch, 'air'));
    assert.unreachable();
  } catch (error) {
    assert.match(
      (error as Error).message,
      'sample.slice: sub-01 ses-3T slice 5 has no tissue that map could learn from; allowed: a slice with some, or `learnFrom: study`',
    );
  }
  try {
    await studyOf('{learnFrom: slices}');
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, 'sample.learnFrom: found "slices"; allowed: study or slice');
  }
});

test.run();
