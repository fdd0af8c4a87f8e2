import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import volunteers from '../../experiments/volunteers.ts';
import { intraclassCorrelations } from '../../src/agreement/icc.ts';
import { meanSquares } from '../../src/agreement/mean-squares.ts';
import type { CellResult } from '../../src/contracts/cell.ts';
import { TRUTH, type Row } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { carryOut, keysOf } from './carry-out.ts';
import { rowsOf, scratch, smallDataSet, smallStudy, studyOf } from './small-volunteers.ts';

const test = suite('experiments: volunteers');

const ls = { use: 'ls-global', name: 'ls' };
const map = { use: 'map' };
const dnn = { use: 'dnn', epochs: 3 };

const config = await smallStudy([ls, map, dnn], { set: ['sample={session: 3T, slice: 2}'] });
let results: Map<string, CellResult>;
let rows: Row[];
test.before(async () => {
  results = await carryOut(volunteers, config, join(scratch, 'run'));
  rows = rowsOf(results);
});

const find = (wanted: Partial<Row>, factors: Row['factors'] = {}) =>
  rows.filter(
    (row) =>
      Object.entries(wanted).every(([key, value]) => row[key as keyof Row] === value) &&
      Object.entries(factors).every(([key, value]) => row.factors[key] === value),
  );
const keysOfFitters = async (fitters: readonly object[], set: string[] = []) =>
  keysOf(volunteers, await smallStudy(fitters, { set }));

test('the data set, every session and the truth once; per fitter its preparations, fits and statistics', () => {
  const sessions = ['sub-01', 'sub-02', 'sub-03'].flatMap((subject) => [
    `${subject} ses-15T`,
    `${subject} ses-3T`,
  ]);
  const both = ['ses-15T', 'ses-3T'];
  const ofFitter = (name: string) => [
    ...both.map((session) => `prepare ${name} ${session}`),
    ...sessions.map((session) => `fit ${name} ${session}`),
    ...both.map((session) => `agree ${name} ${session}`),
  ];
  assert.equal(
    [...results.keys()].sort(),
    [
      'simulate',
      'survey',
      ...sessions.map((session) => `read ${session}`),
      ...both.map((session) => `agree truth ${session}`),
      'prepare dnn phantom',
      ...['ls', 'map', 'dnn'].flatMap(ofFitter),
    ].sort(),
  );
});

test('no key depends on which other fitters run, or in which order', async () => {
  const all = await keysOfFitters([ls, map, dnn]);
  for (const [id, key] of await keysOfFitters([dnn, ls])) assert.is(all.get(id), key, id);
});

test('a setting of the simulation changes what is made of it, and no preparation that does not look at it', async () => {
  const one = await keysOfFitters([ls, map, dnn]);
  const other = await keysOfFitters([ls, map, dnn], ['data.virtual.texture=9']);
  const same = [...one].filter(([id, key]) => other.get(id) === key).map(([id]) => id);
  assert.equal(same, ['prepare ls ses-15T', 'prepare ls ses-3T', 'prepare dnn phantom']);
});

test('keys of a data set on disk are those of its contents, wherever it lies', async () => {
  const folder = await smallDataSet();
  const elsewhere = join(scratch, 'elsewhere');
  cpSync(folder, elsewhere, { recursive: true });
  const one = await keysOf(volunteers, await studyOf(folder, [ls, map]));
  assert.equal(await keysOf(volunteers, await studyOf(elsewhere, [ls, map])), one);
  assert.not.ok(one.has('simulate'));

  const from = 'sub-01/ses-3T/dwi/sub-01_ses-3T_desc-A_dseg.nii.gz';
  const to = from.replace('_desc-A', '_desc-B');
  const readers = join(elsewhere, 'derivatives/readers');
  cpSync(join(readers, from), join(readers, to));
  const changed = await keysOf(volunteers, await studyOf(elsewhere, [ls, map]));
  const other = [...one].filter(([id, key]) => changed.get(id) !== key).map(([id]) => id);
  const ofSession = ['survey', 'read sub-01 ses-3T', 'agree truth ses-3T'];
  const ofLs = ['fit ls sub-01 ses-3T', 'agree ls ses-3T'];
  const people = ['sub-01', 'sub-02', 'sub-03'];
  // The prior of map is of all people in the session, and with it all its fits.
  const ofMap = [
    'prepare map ses-3T',
    ...people.map((subject) => `fit map ${subject} ses-3T`),
    'agree map ses-3T',
  ];
  assert.equal(other.sort(), [...ofSession, ...ofLs, ...ofMap].sort());
});

test('agreement and variation are those of the region means in the rows', () => {
  const means = find({ method: 'ls', metric: 'roi_mean', parameter: 'f' }, { session: 'ses-3T' });
  const names = (factor: string) => [...new Set(means.map(({ factors }) => String(factors[factor])))].sort();
  const [subjects, regions, readers] = ['subject', 'region', 'reader'].map(names);
  assert.equal([subjects.length, regions.length, readers], [3, 6, ['A', 'B']]);
  const value = (subject: string, region: string, reader: string) =>
    means.find(
      ({ factors }) => factors.subject === subject && factors.region === region && factors.reader === reader,
    )!.value;
  const targets = subjects.flatMap((subject) => regions.map((region) => [subject, region]));
  const values = targets.flatMap(([subject, region]) =>
    readers.map((reader) => value(subject, region, reader)),
  );
  const squares = meanSquares({ targets: 18, raters: 2, values: Float64Array.from(values) });
  const of = { method: 'ls', parameter: 'f' } as const;
  const session = { session: 'ses-3T' };
  for (const { form, value: icc } of intraclassCorrelations(squares)) {
    const [row] = find({ ...of, metric: form }, session);
    assert.ok(Math.abs(row.value - icc) < 1e-12, form);
    assert.ok(row.ciLow <= row.value && row.value <= row.ciHigh, form);
    assert.is(row.n, 18);
    const [within] = find({ ...of, metric: `${form}_within_regions` }, session);
    assert.ok(within.value < row.value && within.n === 18, form);
  }
  const cvs = regions.map((region) => {
    const averaged = subjects.map(
      (subject) => (value(subject, region, 'A') + value(subject, region, 'B')) / 2,
    );
    const mean = averaged.reduce((sum, each) => sum + each, 0) / 3;
    const sd = Math.sqrt(averaged.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 2);
    const [row] = find({ ...of, metric: 'cv_percent' }, { ...session, region });
    assert.ok(Math.abs(row.value / ((100 * sd) / mean) - 1) < 1e-9, region);
    return row.value;
  });
  const [overall] = find({ ...of, metric: 'cv_percent' }, session).filter(
    ({ factors }) => !('region' in factors),
  );
  assert.ok(Math.abs(overall.value - cvs.reduce((sum, cv) => sum + cv, 0) / 6) < 1e-9);
  const differences = targets.map(
    ([subject, region]) => value(subject, region, 'A') - value(subject, region, 'B'),
  );
  const [bias] = find({ ...of, metric: 'bland_altman_bias' }, { ...session, readers: 'A - B' });
  assert.ok(Math.abs(bias.value - differences.reduce((sum, each) => sum + each, 0) / 18) < 1e-12);
});

test('what is true has agreement and variation of its own, and fitters a slope on it', () => {
  for (const parameter of PARAMETERS) {
    assert.is(find({ method: TRUTH, metric: 'icc2', parameter }).length, 2);
    assert.is(find({ method: TRUTH, metric: 'slope_on_truth' }).length, 0);
    for (const fitter of ['ls', 'map', 'dnn']) {
      assert.is(find({ method: fitter, metric: 'slope_on_truth_within_regions', parameter }).length, 2);
    }
  }
  // Region means, each averaged over the readers; the slope is the sum of products over the sum of squares.
  const session = { session: 'ses-3T' };
  const averages = (method: string): Map<string, number> => {
    const found = new Map<string, number>();
    for (const { value, factors } of find({ method, metric: 'roi_mean', parameter: 'D' }, session)) {
      const key = `${factors.subject} ${factors.region}`;
      found.set(key, (found.get(key) ?? 0) + value / 2);
    }
    return found;
  };
  const [x, estimates] = [averages(TRUTH), averages('map')];
  assert.equal([x.size, [...estimates.keys()].sort()], [18, [...x.keys()].sort()]);
  const mean = (values: Iterable<number>) => [...values].reduce((sum, each) => sum + each, 0) / 18;
  const [meanX, meanY] = [mean(x.values()), mean(estimates.values())];
  let [products, squares] = [0, 0];
  for (const [key, each] of x) {
    products += (each - meanX) * (estimates.get(key)! - meanY);
    squares += (each - meanX) ** 2;
  }
  const [slope] = find({ method: 'map', metric: 'slope_on_truth', parameter: 'D' }, session);
  assert.ok(Math.abs(slope.value - products / squares) < 1e-9, `${slope.value}`);
});

test('a network begins with simulated voxels and goes on with those of its session', () => {
  const first = results.get('prepare dnn phantom')!;
  assert.match(first.notes!.join('; '), 'trained on 2000 simulated voxels');
  for (const session of ['ses-15T', 'ses-3T']) {
    const { notes, facts } = results.get(`prepare dnn ${session}`)!;
    assert.match(notes!.join('; '), 'began with a network trained on 2000 simulated voxels');
    assert.match(notes!.join('; '), /trained on \d+ measured voxels/);
    assert.not.equal(facts!.seed, first.facts!.seed);
  }
  const stages = [...new Set(find({ metric: 'training_loss' }).map(({ factors }) => factors.stage))];
  assert.equal(stages.sort(), ['phantom', 'ses-15T', 'ses-3T']);
});

test('the prior is of all people of a session', () => {
  const voxels = find({ method: 'dnn', metric: 'training_loss' }, { stage: 'ses-3T' })[0].n;
  assert.match(results.get('prepare map ses-3T')!.notes!.join(), ` of ${voxels} voxels`);
});

test('maps hold the fitted voxels alone, in the space of the image', async () => {
  const { publishes, files } = results.get('fit map sub-02 ses-15T')!;
  assert.equal(
    [...publishes!].map(([path, name]) => [path.startsWith('maps/sub-02/ses-15T/map/'), name]),
    ['S0', 'D', 'f', 'Dp', 'status'].map((name) => [true, `${name}.nii.gz`]).concat([[true, 'status.json']]),
  );
  const { writeFileSync } = await import('node:fs');
  const file = join(scratch, 'D.nii.gz');
  writeFileSync(file, files!.get('D.nii.gz')!);
  const { data, header } = await readNifti(file);
  assert.equal(header.shape, [32, 24, 6]);
  const drawn = find({ metric: 'roi_voxels' }, { subject: 'sub-02', session: 'ses-15T' });
  const most = drawn.reduce((sum, { value }) => sum + value, 0);
  const fitted = Array.from({ length: data.length }, (_, i) => data[i]).filter(
    (value) => !Number.isNaN(value),
  );
  assert.ok(fitted.length > most / 2 && fitted.length < most);
  const [mean] = find(
    { method: 'map', metric: 'roi_mean', parameter: 'D' },
    { subject: 'sub-02', region: 'spleen' },
  );
  assert.ok(Math.min(...fitted) < mean.value && Math.max(...fitted) > mean.value);
});

test('the sample is one slice of one person: the image, two readers, what is true and every fitter', () => {
  const pictures = [...results.values()].flatMap(({ pictures = [] }) => pictures);
  assert.ok(pictures.every(({ width, height }) => width === 32 && height === 24));
  for (const { factors } of pictures) {
    assert.equal([factors.subject, factors.session, factors.slice], ['sub-01', 'ses-3T', 2]);
  }
  const shown = pictures.map(
    ({ method: fitter, quantity: shows, factors }) => `${fitter}${factors.reader ?? ''} ${shows}`,
  );
  const maps = [TRUTH, 'ls', 'map', 'dnn'].flatMap((name) =>
    PARAMETERS.map((parameter) => `${name} ${parameter}`),
  );
  assert.equal(shown.sort(), [' b0', 'A regions', 'B regions', ...maps].sort());
  const regions = pictures.find(({ quantity: shows }) => shows === 'regions')!;
  assert.is(regions.legend!.length, 6);
});

test('without noise and without mixed voxels, least squares find the truth of every region to a millionth', async () => {
  const clear = await smallStudy([ls, { use: 'ls', name: 'study' }], {
    set: ['data.virtual.noise=false', 'data.virtual.subvoxels=1', 'data.virtual.subjects=2'],
  });
  rows = rowsOf(await carryOut(volunteers, clear, join(scratch, 'clear')));
  const truths = find({ method: TRUTH, metric: 'roi_mean' });
  assert.is(truths.length, 2 * 2 * 2 * 6 * 3);
  for (const fitter of ['ls', 'study']) {
    for (const truth of truths) {
      const [estimate] = find(
        { method: fitter, metric: 'roi_mean', parameter: truth.parameter },
        truth.factors,
      );
      assert.is(estimate.n, truth.n);
      const off = Math.abs(estimate.value / truth.value - 1);
      assert.ok(off < 1e-6, `${fitter} ${JSON.stringify(truth.factors)} ${truth.parameter}: ${off}`);
    }
  }
});

test.run();
