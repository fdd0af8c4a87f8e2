import { join } from 'node:path';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openCohort } from '../../src/data/cohort/open-cohort.ts';
import { readSession, type SessionVoxels } from '../../src/data/cohort/read-session.ts';
import { readTruth } from '../../src/data/cohort/read-truth.ts';
import type { FileRow } from '../../src/data/cohort/source.ts';
import { minimalNifti } from './minimal-nifti.ts';
import {
  bids,
  bValues,
  changed,
  complete,
  drawingPath,
  image,
  imagePath,
  labelMap,
  labels,
  opened,
  series,
  sform,
  shape,
  signal,
  table,
  voxels,
  written,
  type Contents,
} from './tiny-cohort.ts';

const test = suite('cohort-reading');

async function firstSession(contents: Contents): Promise<SessionVoxels> {
  const cohort = await openCohort(bids(written(contents), { missing: 'refuse' }));
  return (await readSession(cohort, cohort.sessions[0])).voxels!;
}

test('a complete data set: its index, and the voxels of a session', async () => {
  const cohort = await opened({});
  assert.equal(cohort.subjects, ['sub-01', 'sub-02']);
  assert.equal(cohort.sessionNames, ['ses-15T', 'ses-3T']);
  assert.equal(cohort.readers, ['A', 'B']);
  assert.equal(cohort.regions, ['liver', 'spleen']);
  assert.equal(cohort.missing, []);
  assert.equal(cohort.notes, []);
  assert.equal(
    cohort.sessions.map(({ name }) => name),
    ['sub-01 ses-15T', 'sub-01 ses-3T', 'sub-02 ses-15T', 'sub-02 ses-3T'],
  );
  const [session] = cohort.sessions;
  assert.equal(session.bValues, Float64Array.from(bValues));
  assert.equal(session.shape, [...shape]);
  const { voxels: read, missing, notes } = await readSession(cohort, session);
  assert.equal([missing, notes], [[], []]);
  const { signals, voxels: places, drawn, b0 } = read!;
  assert.equal([...places], [0, 1, 2, 3, 8, 10, 11], 'the union of both readers, ascending');
  assert.is(signals.n, 7);
  places.forEach((voxel, i) => {
    assert.is(signals.scale[i], signal(voxel, 0));
    bValues.forEach((b, k) => {
      assert.ok(Math.abs(signals.values[i * 4 + k] - signal(voxel, b) / signal(voxel, 0)) < 1e-14);
    });
  });
  assert.is(signals.sigma, undefined);
  assert.equal(
    drawn.map(({ reader, region, rows }) => [reader, region, [...rows]]),
    [
      ['A', 'liver', [0, 1, 3]],
      ['A', 'spleen', [4, 5, 6]],
      ['B', 'liver', [0, 1, 2, 3]],
      ['B', 'spleen', [4, 5]],
    ],
  );
  assert.equal(
    [...b0],
    Array.from({ length: voxels }, (_, v) => signal(v, 0)),
  );
});

test('slices are read besides the regions, whole', async () => {
  const cohort = await opened({});
  const slice = (await readSession(cohort, cohort.sessions[0], { slices: [1] })).voxels!;
  assert.equal([...slice.voxels], [0, 1, 2, 3, 6, 7, 8, 9, 10, 11]);
  assert.equal(
    [...slice.drawn[1].rows].map((row) => slice.voxels[row]),
    [8, 10, 11],
  );
  const all = (await readSession(cohort, cohort.sessions[0], { slices: 'all' })).voxels!;
  assert.is(all.signals.n, voxels);
});

test('repeated and unsorted b-values, and another protocol in every session', async () => {
  const file = imagePath('01', '3T');
  const scheme = [800, 0, 50, 0, 200];
  const cohort = await opened({
    [file]: image(series(scheme)),
    [file.replace('.nii', '.bval')]: scheme.join('\n'),
    [imagePath('02', '15T').replace('.nii', '.bval')]: '0 50 200 900',
  });
  const schemes = cohort.sessions.map((session) => session.bValues.join(' '));
  assert.equal(schemes, ['0 50 200 800', '0 50 200 800', '0 50 200 900', '0 50 200 800']);
  assert.equal(cohort.notes, ['sub-01 ses-3T: repeated b-values are averaged: 0 (2 times)']);
  const [first, second] = await Promise.all(
    cohort.sessions.slice(0, 2).map(async (each) => (await readSession(cohort, each)).voxels!.signals),
  );
  first.values.forEach((value, i) => assert.ok(Math.abs(value - second.values[i]) < 1e-14));
});

test('a volume per file is the same as a series', async () => {
  const whole = await firstSession(complete());
  const file = imagePath('01', '15T');
  const pieces = (suffix: (i: number) => string, scheme: readonly number[]): Contents =>
    Object.fromEntries(
      scheme.map((b, i) => [
        file.replace('_dwi', `_run-${suffix(i)}_dwi`),
        image(Array.from({ length: voxels }, (_, v) => signal(v, b))),
      ]),
    );
  const none = { [file]: null, [file.replace('.nii', '.bval')]: null };
  const bvalOf = (path: string) => path.replace('.nii', '.bval');

  const single = pieces((i) => `${i + 1}`, bValues);
  const own = Object.fromEntries(Object.keys(single).map((path, i) => [bvalOf(path), `${bValues[i]}\n`]));
  assert.equal((await firstSession(changed({ ...none, ...single, ...own }))).signals, whole.signals);

  const shared = { [bvalOf(file)]: bValues.join(' ') };
  assert.equal((await firstSession(changed({ ...none, ...single, ...shared }))).signals, whole.signals);

  // run-10 comes after run-2 whatever the alphabet says.
  const eleven = [0, 50, 200, 800, 0, 50, 200, 800, 0, 50, 200];
  const many = pieces((i) => `${i + 1}`, eleven);
  const cohort = await openCohort(
    bids(written(changed({ ...none, ...many, [bvalOf(file)]: eleven.join(' ') }))),
  );
  const { signals } = (await readSession(cohort, cohort.sessions[0])).voxels!;
  signals.values.forEach((value, i) => assert.ok(Math.abs(value - whole.signals.values[i]) < 1e-14));
});

test('a table of files reads the same voxels as the folder it points into', async () => {
  const folder = written(complete());
  const at = (path: string) => join(folder, path);
  const row = (changes: Partial<FileRow> = {}): FileRow => ({
    subject: '01',
    session: '15T',
    images: [at(imagePath('01', '15T'))],
    bval: at(imagePath('01', '15T').replace('.nii', '.bval')),
    masks: { A: at(drawingPath('01', '15T', 'A')), B: at(drawingPath('01', '15T', 'B')) },
    ...changes,
  });
  const wanted = await firstSession(complete());
  const read = async (files: FileRow) => {
    const cohort = await openCohort({ from: { files: [files] }, missing: 'refuse', gridTolerance: 0.05 });
    return (await readSession(cohort, cohort.sessions[0])).voxels!;
  };
  for (const given of [{}, { labels: { 1: 'liver', 2: 'spleen' } }, { field: 1.5, session: '' }]) {
    const { signals, drawn } = await read(row(given));
    assert.equal(signals, wanted.signals);
    assert.equal(drawn, wanted.drawn);
  }
  const { signals } = await read(row({ sigma: 3 }));
  signals.sigma!.forEach((sigma, i) => assert.is(sigma, 3 / signals.scale[i]));
});

test('masks of single regions, named in the table or by BIDS', async () => {
  const mask = (reader: string, index: number) =>
    labelMap(labels[reader].map((label) => (label === index ? 7 : 0)));
  const named = (reader: string, region: string) =>
    drawingPath('01', '15T', reader).replace('desc', `label-${region}_desc`).replace('dseg', 'mask');
  const masks: Contents = {};
  const none: Record<string, null> = {};
  for (const reader of ['A', 'B']) {
    masks[named(reader, 'liver')] = mask(reader, 1);
    masks[named(reader, 'spleen')] = mask(reader, 2);
    none[drawingPath('01', '15T', reader)] = null;
  }
  const folder = written(changed({ ...masks, ...none }));
  const wanted = await firstSession(complete());
  const cohort = await openCohort(bids(folder, { missing: 'refuse' }));
  const { drawn } = (await readSession(cohort, cohort.sessions[0])).voxels!;
  assert.equal(drawn, wanted.drawn);
  const files: FileRow = {
    subject: 'x',
    session: '',
    images: [join(folder, imagePath('01', '15T'))],
    bval: join(folder, imagePath('01', '15T').replace('.nii', '.bval')),
    masks: Object.fromEntries(
      ['A', 'B'].map((reader) => [
        reader,
        { liver: join(folder, named(reader, 'liver')), spleen: join(folder, named(reader, 'spleen')) },
      ]),
    ),
  };
  const listed = await openCohort({ from: { files: [files] }, missing: 'refuse', gridTolerance: 0.05 });
  assert.equal((await readSession(listed, listed.sessions[0])).voxels!.drawn, wanted.drawn);
});

test('tables of names and b-values are inherited from folders above', async () => {
  const changes: Record<string, string | null> = {
    'derivatives/readers/dseg.tsv': table,
    'sub-02/sub-02_dwi.bval': '0 50 200 700',
    'dwi.bval': bValues.join(' '),
    'dwi.json': '{"MagneticFieldStrength": 3, "NoiseStandardDeviation": 12.5}',
    'ses-15T_dwi.json': '{"MagneticFieldStrength": 1.5}',
  };
  for (const path of Object.keys(complete())) {
    if (/_dseg.tsv$|_dwi.bval$/.test(path)) changes[path] = null;
  }
  const cohort = await opened(changes, { missing: 'refuse' });
  assert.equal(
    cohort.sessions.map(({ bValues: scheme }) => scheme[3]),
    [800, 800, 700, 700],
  );
  assert.equal(
    cohort.sessions.map(({ field }) => field),
    [1.5, 3, 1.5, 3],
  );
  const { signals } = (await readSession(cohort, cohort.sessions[1])).voxels!;
  assert.is(signals.sigma![0], 12.5 / signals.scale[0]);
  assert.equal(cohort.regions, ['liver', 'spleen']);
});

test('people without sessions', async () => {
  const contents: Contents = {};
  for (const [path, data] of Object.entries(complete())) {
    if (!path.includes('ses-3T')) contents[path.replaceAll(/ses-15T[/_]/g, '')] = data;
  }
  const cohort = await openCohort(bids(written(contents), { missing: 'refuse' }));
  assert.equal(
    cohort.sessions.map(({ name }) => name),
    ['sub-01', 'sub-02'],
  );
  assert.equal(cohort.sessionNames, ['']);
  const { voxels: read } = await readSession(cohort, cohort.sessions[1]);
  assert.is(read!.drawn.length, 4);
});

test('one of several series is chosen by the parts of its name', async () => {
  const file = imagePath('01', '15T');
  const other = file.replace('_dwi', '_acq-b1000_dwi');
  const mine = file.replace('_dwi', '_acq-ivim_dwi');
  const contents = changed({
    [file]: null,
    [mine]: image(series()),
    [other]: image(series([0, 1000, 0, 1000])),
    [mine.replace('.nii', '.bval')]: bValues.join(' '),
  });
  for (const path of Object.keys(contents)) {
    if (/ses-3T|sub-02/.test(path)) delete contents[path];
  }
  contents['participants.tsv'] = 'participant_id\nsub-01\n';
  const folder = written(contents);
  const cohort = await openCohort(bids(folder, { missing: 'refuse' }, { series: ['acq-ivim'] }));
  assert.equal(cohort.sessions[0].images, [join(folder, mine)]);
});

test('what lies where survives any order and direction of axes', async () => {
  // World places of drawn voxels and their signals, of the data stored plainly.
  const placesOf = async (contents: Contents) => {
    const { session, voxels: rows, drawn, signals } = await firstSession(contents);
    const [nx, ny] = session.shape;
    const place = (voxel: number) => {
      const index = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / nx / ny)];
      return session.affine
        .slice(0, 3)
        .map((row) => (row[3] + index.reduce((sum, i, axis) => sum + row[axis] * i, 0)).toFixed(3));
    };
    return drawn
      .flatMap(({ reader, region, rows: inside }) =>
        [...inside].map((r) => [reader, region, ...place(rows[r]), signals.scale[r].toFixed(3)].join(' ')),
      )
      .sort();
  };
  const plain = await placesOf(complete());
  assert.is(plain.length, 12);

  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  const turned = fc.record({
    order: fc.constantFrom(...orders),
    flips: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  });
  await fc.assert(
    fc.asyncProperty(turned, async ({ order, flips }) => {
      const sizes = order.map((axis) => shape[axis]);
      // Where a voxel of the turned image is in the plain one.
      const from = Array.from({ length: voxels }, (_, v) => {
        const index = [
          v % sizes[0],
          Math.floor(v / sizes[0]) % sizes[1],
          Math.floor(v / sizes[0] / sizes[1]),
        ];
        const old = [0, 0, 0];
        order.forEach((axis, i) => (old[axis] = flips[i] ? sizes[i] - 1 - index[i] : index[i]));
        return old[0] + shape[0] * (old[1] + shape[1] * old[2]);
      });
      const affine = [0, 1, 2].flatMap((row) => {
        const columns = order.map((axis, i) => sform[4 * row + axis] * (flips[i] ? -1 : 1));
        const origin = order.reduce(
          (sum, axis, i) => sum + (flips[i] ? sform[4 * row + axis] * (sizes[i] - 1) : 0),
          sform[4 * row + 3],
        );
        return [...columns, origin];
      });
      const store = (values: readonly number[], datatype: number) =>
        minimalNifti({
          datatype,
          shape: [...sizes, ...(values.length > voxels ? [values.length / voxels] : [])],
          values: values.map((_, i) => values[Math.floor(i / voxels) * voxels + from[i % voxels]]),
          sform: affine,
          sformCode: 1,
          pixdim: [1, 2, 2, 3],
        });
      const contents = complete();
      contents[imagePath('01', '15T')] = store(series(), 64);
      for (const reader of ['A', 'B']) contents[drawingPath('01', '15T', reader)] = store(labels[reader], 2);
      assert.equal(await placesOf(contents), plain);
    }),
    { seed: 5, numRuns: 25 },
  );
});

test('a half turn whose quaternion was rounded places voxels as it should', async () => {
  // 180 degrees about y: b, c, d have length 1 but for rounding, here above it.
  const turn = (codes: { qformCode: number; sformCode: number }) =>
    minimalNifti({
      datatype: 64,
      shape: [...shape, 4],
      values: series(),
      quaternion: [0.6000001, 0.8000001, 0],
      offsets: [10, -20, 30],
      pixdim: [1, 2, 2, 3],
      ...codes,
    });
  const contents = complete();
  contents[imagePath('01', '15T')] = turn({ qformCode: 1, sformCode: 0 });
  for (const reader of ['A', 'B']) {
    contents[drawingPath('01', '15T', reader)] = labelMap(labels[reader], {
      // 2 b² - 1 = -0.28, 2 b c = 0.96: the half turn about (0.6, 0.8, 0), times the voxel's size.
      sform: [-0.56, 1.92, 0, 10, 1.92, 0.56, 0, -20, 0, 0, -3, 30],
    });
  }
  assert.is((await firstSession(contents)).drawn.length, 4);
});

test('true maps are read where they are, and said to be absent where they are not', async () => {
  const map = (parameter: string) =>
    `derivatives/truth/sub-01/ses-15T/dwi/sub-01_ses-15T_model-ivim_param-${parameter}_dwimap.nii`;
  const values = (factor: number) => image(Array.from({ length: voxels }, (_, v) => factor * (v + 1)));
  const cohort = await opened({ [map('D')]: values(1), [map('f')]: values(2), [map('Dp')]: values(3) });
  const truth = await readTruth(cohort.sessions[0], Uint32Array.of(0, 11), 0.05);
  assert.equal(truth, {
    n: 2,
    D: Float64Array.of(1, 12),
    f: Float64Array.of(2, 24),
    Dp: Float64Array.of(3, 36),
  });
  assert.is(await readTruth(cohort.sessions[1], Uint32Array.of(0), 0.05), null);
});

test('regions whose axes run otherwise are reordered, and a note says so', async () => {
  const path = drawingPath('01', '15T', 'A');
  // The same regions with the first axis reversed: it begins at the place of the last voxel.
  const [sx, , , ox, sy, , , oy, sz, , , oz] = sform;
  const reversed = sform.slice();
  for (const [at, step, origin] of [
    [0, sx, ox],
    [4, sy, oy],
    [8, sz, oz],
  ]) {
    reversed[at] = -step;
    reversed[at + 3] = origin + step * (shape[0] - 1);
  }
  const turned = labels['A'].map((_, i, all) => all[i - (i % shape[0]) + shape[0] - 1 - (i % shape[0])]);
  const cohort = await opened({ [path]: labelMap(turned, { sform: reversed }) });
  assert.equal(cohort.missing, []);
  assert.equal(cohort.notes, [
    'sub-01 ses-15T: the axes of the regions by A run otherwise than those of the image; they are reordered',
  ]);
  const read = async (at: number) => {
    const { voxels: found, missing } = await readSession(cohort, cohort.sessions[at]);
    assert.equal(missing, []);
    return found!.drawn.map(({ reader, region, voxels: places }) => ({
      reader,
      region,
      places: [...places],
    }));
  };
  assert.equal(await read(0), await read(1));
});

test('what is doubtful is said once for all sessions it is true of', async () => {
  const bvals = ['01', '02'].flatMap((subject) =>
    ['15T', '3T'].map((session) => imagePath(subject, session).replace('.nii', '.bval')),
  );
  const high = 'b-values go up to 2500 s/mm²: above about 1500 tissue decays more slowly';
  const all = await opened(Object.fromEntries(bvals.map((bval) => [bval, '0 50 200 2500'])));
  assert.is(all.notes.length, 1);
  assert.match(all.notes[0], `all 4 sessions: ${high}`);
  const some = await opened(Object.fromEntries(bvals.slice(1, 3).map((bval) => [bval, '0 50 200 2500'])));
  assert.match(some.notes.join(), `sub-01 ses-3T, sub-02 ses-15T: ${high}`);
});

test.run();
