import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { check } from '../../src/config/check.ts';
import { withConfigFolder } from '../../src/config/config-folder.ts';
import { CohortData } from '../../src/config/sections/cohort-data.ts';
import { inProcess } from '../commands/command-line.ts';
import { refused } from './refused.ts';
import { scratchFolder } from './scratch-folder.ts';

const test = suite('volunteers-config');
const { path, put } = scratchFolder();
const shipped = fileURLToPath(new URL('../../configs/volunteers.yaml', import.meta.url));

const read = (yaml: string): Promise<CohortData> =>
  withConfigFolder(pathToFileURL('/study/'), () => check(CohortData, parse(yaml), () => 'data'));

const people = `virtual: { sessions: { 3T: { field: 3T, TE: 60, TR: 2500 } }, readers: { R1: {} } }`;

test('paths are relative to the config, defaults filled in', async () => {
  const { bids, virtual, files, missing, gridTolerance } = await read('bids: data/mine');
  assert.equal(bids, {
    folder: '/study/data/mine',
    readers: 'derivatives/readers',
    truth: 'derivatives/truth',
    series: [],
  });
  assert.equal([virtual, files, missing, gridTolerance], [undefined, undefined, 'report', 0.05]);
  const table = await read(`
    missing: refuse
    files:
      - { subject: a, image: a.nii, bval: /b.bval, masks: { R1: m.nii, R2: { liver: l.nii } }, labels: { 1: liver } }`);
  assert.equal(table.files, [
    {
      subject: 'a',
      session: '',
      images: ['/study/a.nii'],
      bval: '/b.bval',
      masks: { R1: '/study/m.nii', R2: { liver: '/study/l.nii' } },
      labels: { 1: 'liver' },
    },
  ]);
});

test('virtual people have organs, and readers with habits, by default', async () => {
  const { virtual } = await read(people);
  assert.is(virtual!.subjects, 10);
  assert.is(virtual!.organs.name, 'abdomen');
  assert.equal(Object.keys(virtual!.organs.regions), [
    'left_liver',
    'right_liver',
    'pancreas',
    'spleen',
    'renal_cortex',
    'renal_medulla',
  ]);
  assert.equal(virtual!.readers['R1'], { shift: 1, size: { mean: 1, sd: 0.03 }, waver: 0.03, waves: 3 });
});

const organs = `snr: { 3T: 30 }, spread: { betweenSubjects: { D: 0, f: 0, Dp: 0 }, withinRegion: { D: 0, f: 0, Dp: 0 } }`;
const tissue = `D: 0.001, f: 0.1, Dp: 0.02, T1: { 3T: 800 }, T2: { 3T: 40 }`;
const inline = (regions: string) =>
  people.replace(
    '{ sessions',
    `{ organs: { ${organs}, regions: ${regions}, surroundings: { ${tissue}, radii: [90, 60] } }, sessions`,
  );

test('organs of one’s own', async () => {
  const { virtual } = await read(
    inline(`{ a: { ${tissue}, shape: { center: [0, 0, 0], radii: [9, 9, 9] } } }`),
  );
  assert.equal(virtual!.organs.regions['a'].shape, {
    center: [0, 0, 0],
    radii: [9, 9, 9],
    exponent: 2,
    turn: 0,
  });
});

const wrong: [yaml: string, ...says: string[]][] = [
  ['missing: report', 'exactly one of virtual, bids, files'],
  [`bids: x\n${people}`, 'found virtual and bids', 'exactly one'],
  [`readers: mine\n${people}`, 'readers', 'without bids'],
  ['bids: x\nseries: [ivim]', 'series[0]', 'found ivim', 'acq-ivim'],
  ['bids: x\nmissing: ignore', 'missing', '"ignore"', 'report or refuse'],
  ['bids: x\ngridTolerance: 2', 'gridTolerance', 'found 2'],
  ['bids: x\nreader: y', 'unknown key reader', 'did you mean readers?'],
  ['files: []', 'files'],
  ['files: [{ subject: a, image: a.nii, masks: {} }]', 'files[0].bval', 'missing'],
  [people.replace('field: 3T', 'field: 7T'), 'sessions.3T.field', 'found 7T', '1.5T, 3T'],
  [people.replace('R1', 'reader_1'), 'readers.reader_1', 'letters and digits'],
  [people.replace('{ R1: {} }', '{}'), 'virtual.readers', 'found none'],
  [people.replace('{ 3T: { field: 3T, TE: 60, TR: 2500 } }', '{}'), 'virtual.sessions', 'found none'],
  [
    people.replace('{ sessions', '{ organs: abdomn, sessions'),
    'unknown organs abdomn',
    'did you mean abdomen?',
  ],
  [people.replace('{ sessions', '{ image: { shape: [512, 512, 512] }, sessions'), 'image.shape', 'voxels'],
  [people.replace('{ sessions', '{ subvoxels: 0, sessions'), 'subvoxels', 'found 0'],
  [inline('{}'), 'regions', 'found none'],
  [
    inline(`{ a: { ${tissue}, inside: b, shape: { center: [0, 0, 0], radii: [9, 9, 9] } } }`),
    'regions.a.inside',
    'found b',
    'a region above',
  ],
  [
    inline(
      `{ a: { ${tissue.replace('T2: { 3T', 'T2: { 7T')}, shape: { center: [0, 0, 0], radii: [9, 9, 9] } } }`,
    ),
    'regions.a.T2',
    'found none for 3T',
  ],
];
for (const [yaml, ...says] of wrong) {
  test(`refused: ${says.join(', ')}`, async () => {
    await refused(() => read(yaml), ...says);
  });
}

const small = ['subjects=1', 'image.shape=[12, 9, 3]', 'image.voxel=[20, 20, 20]', 'subvoxels=1'].flatMap(
  (text) => ['--set', `data.virtual.${text}`],
);

test('`simulate` writes the data set of a study and prints its files', async () => {
  const out = path('set');
  const { code, stdout } = await inProcess('simulate', shipped, '--out', out, ...small);
  assert.is(code, 0);
  const files = stdout.trim().split('\n');
  assert.ok(files.includes(join(out, 'sub-01/ses-3T/dwi/sub-01_ses-3T_dwi.nii.gz')));
  assert.ok(files.every((file) => existsSync(file)));
  const settings = JSON.parse(readFileSync(join(out, 'code/settings.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  assert.is(settings['seed'], 2020);
  assert.equal(settings['bValues'], [0, 10, 20, 60, 150, 300, 500, 1000]);
  const again = await inProcess('simulate', shipped, '--out', out, ...small);
  assert.is(again.code, 2);
  assert.match(again.stderr, /holds .* already; allowed: a new or an empty folder/);
});

test('`simulate` refuses what makes no sense for people', async () => {
  for (const [words, says] of [
    [['--format', 'csv'], /--format csv: .*allowed: nifti/],
    [['--training'], /--training/],
  ] as const) {
    const { code, stderr } = await inProcess('simulate', shipped, '--out', path('no'), ...small, ...words);
    assert.is(code, 2);
    assert.match(stderr, says);
  }
  mkdirSync(path('mine'));
  const yaml = readFileSync(shipped, 'utf8').replace(/data:\n(?: .*\n)+/, 'data: { bids: mine }\n');
  const config = put('mine.yaml', yaml);
  const { code, stderr } = await inProcess('simulate', config, '--out', path('no'));
  assert.is(code, 2);
  assert.match(stderr, /experiment volunteers simulates nothing here/);
  assert.not(existsSync(path('no')));
});

test.run();
