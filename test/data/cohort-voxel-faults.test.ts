import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { readSession } from '../../src/data/cohort/read-session.ts';

import { refused } from './refused.ts';

import {
  bValues,
  drawingPath,
  image,
  imagePath,
  labelMap,
  labels,
  opened,
  series,
  texts,
  voxels,
} from './tiny-cohort.ts';

const test = suite('cohort: faults that only the voxels show');
type Changes = Record<string, string | Uint8Array | null>;
const file = imagePath('02', '3T');
const drawing = drawingPath('02', '3T', 'B');

/** Faults that only the voxels show. */
const withNaN = (at: number, value = NaN) => image(series().map((s, i) => (i === at ? value : s)));
const inVoxels: [name: string, changes: Changes, says: string[], left: number | null][] = [
  ['NaN in an image', { [file]: withNaN(2 * voxels + 1) }, [`${file}: NaN or infinity in 1 of 7 voxels`], 6],
  [
    'infinity in an image',
    { [file]: withNaN(8, Infinity) },
    [`${file}: NaN or infinity in 1 of 7 voxels`],
    6,
  ],
  ['no signal at b=0', { [file]: withNaN(3, 0) }, [`${file}: no signal above 0 at b=0 in 1 of 7 voxels`], 6],
  [
    'voxels of zeros',
    { [file]: image(series().map((s, i) => (i % voxels < 2 ? 0 : s))) },
    [`${file}: 0 in every volume in 2 of 7 voxels`],
    5,
  ],
  [
    'a reader who left a region out',
    { [drawing]: labelMap(labels['B'].map((label) => label % 2)) },
    ['B: spleen is not drawn', drawing, 'has no voxel of it'],
    7,
  ],
  ['a cut image', { [file]: image(series()).slice(0, -1) }, [file, 'is cut short'], null],
  ['cut regions', { [drawing]: labelMap(labels['B']).slice(0, -1) }, ['B: ', drawing, 'is cut short'], 6],
];

for (const [name, changes, says, left] of inVoxels) {
  test(`${name}: refused, or counted while the rest is read`, async () => {
    const strict = await opened(changes, { missing: 'refuse' });
    const at = strict.sessions.findIndex((session) => session.name === 'sub-02 ses-3T');
    await refused(() => readSession(strict, strict.sessions[at]), 'sub-02 ses-3T', ...says);
    const cohort = await opened(changes);
    assert.equal(cohort.missing, []);
    const { voxels: read, missing } = await readSession(cohort, cohort.sessions[at]);
    assert.is(missing.length, 1, texts({ missing }).join(' | '));
    for (const word of ['sub-02 ses-3T', ...says]) assert.ok(missing[0].text.includes(word), missing[0].text);
    assert.is(read?.signals.n ?? null, left);
    const rows = read?.drawn.flatMap((region) => [...region.rows]) ?? [];
    assert.ok(rows.every((row) => row < left!));
    const whole = await readSession(cohort, cohort.sessions[0]);
    assert.is(whole.voxels!.signals.n, 7);
    assert.equal(whole.missing, []);
  });
}

test('a region of which no voxel can be used is said to be lost', async () => {
  const dark = image(series().map((s, i) => (i % voxels >= 8 ? NaN : s)));
  const cohort = await opened({ [file]: dark });
  const { voxels: read, missing } = await readSession(cohort, cohort.sessions[3]);
  assert.equal(
    missing.map(({ leavesOut, reader, region }) => [leavesOut, reader, region]),
    [
      ['voxels', undefined, undefined],
      ['region', 'A', 'spleen'],
      ['region', 'B', 'spleen'],
    ],
  );
  assert.ok(missing[0].text.includes('NaN or infinity in 3 of 7 voxels'));
  assert.equal(
    read!.drawn.map(({ region }) => region),
    ['liver', 'liver'],
  );
});

test('NaN outside the regions is nobody’s loss', async () => {
  const cohort = await opened({ [file]: withNaN(5) }, { missing: 'refuse' });
  const { voxels: read } = await readSession(cohort, cohort.sessions[3], { slices: 'all' });
  assert.is(read!.signals.n, voxels - 1);
});

test('the file of a NaN is named where a session has a file per volume', async () => {
  const run = (i: number) => file.replace('_dwi', `_run-${i}_dwi`);
  const volumes = bValues.map((_, i) => series().slice(i * voxels, (i + 1) * voxels));
  volumes[2][0] = NaN;
  const changes: Changes = { [file]: null };
  volumes.forEach((values, i) => (changes[run(i)] = image(values)));
  const cohort = await opened(changes);
  const { missing } = await readSession(cohort, cohort.sessions[3]);
  assert.is(missing.length, 1);
  assert.ok(missing[0].file!.endsWith(run(2)));
});

test('numbers without a name are told', async () => {
  const cohort = await opened({ [drawing]: labelMap(labels['B'].map((label) => (label === 0 ? 9 : label))) });
  const { notes, voxels: read } = await readSession(cohort, cohort.sessions[3]);
  assert.is(notes.length, 1);
  assert.match(notes[0], /^sub-02 ses-3T B: .* 6 voxels have the number 9, which has no name/);
  assert.is(read!.signals.n, 7);
});

test.run();
