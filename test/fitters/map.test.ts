import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';
import { allocateEstimates, Status, type Signals } from '../../src/contracts/voxels.ts';
import leastSquares from '../../src/fitters/ls-global.ts';
import map from '../../src/fitters/map.ts';
import { study, STUDY_B } from '../solvers/study-voxels.ts';
import { rmse, STUDY_SIGMAS, studyPhantom } from './study-phantom.ts';

const test = suite('fitters/map');

const sets = STUDY_SIGMAS.map((sigma) => studyPhantom(sigma));
const cohort = together(sets.map(({ signals }) => signals));
const empirical = map.settings!.parse({});
const { Dp, D, f } = study.empirical_prior;
const given = map.settings!.parse({
  prior: {
    Dp: { median: Dp.median, sigma: Dp.sigma },
    D: { median: D.median, sigma: D.sigma },
    f: { a: f.a, b: f.b },
  },
});
const task = { bValues: STUDY_B, seed: 1 };
const prepared = await map.prepare({ ...task, allVoxels: async () => cohort }, empirical);
const saved = await prepared.save!();
const savedText = new TextDecoder().decode(saved.files.get('prior.json'));

test('learns the study’s prior from the study’s 100,000 voxels', () => {
  const { prior, used, of } = JSON.parse(savedText) as {
    prior: Omit<typeof study.empirical_prior, 'n_used' | 'n_all'>;
    used: number;
    of: number;
  };
  assert.is(of, study.empirical_prior.n_all);
  // Our least squares end in another minimum than SciPy's on a voxel in a thousand or so.
  assert.ok(Math.abs(used - study.empirical_prior.n_used) <= 20, `${used}`);
  const near = (found: number, known: number, by: number) =>
    assert.ok(Math.abs(found / known - 1) < by, `${found}, ${known}`);
  near(prior.Dp.median, Dp.median, 1e-3);
  near(prior.Dp.sigma, Dp.sigma, 1e-3);
  near(prior.D.median, D.median, 1e-3);
  near(prior.D.sigma, D.sigma, 5e-3);
  near(prior.f.a, f.a, 2e-3);
  near(prior.f.b, f.b, 2e-3);
  assert.match(
    prepared.notes![0],
    /^empirical prior from 896\d\d of 100000 voxels: Dp lognormal \(median 0\.0425/,
  );
});

test('errs less than least squares at every noise level of the study', async () => {
  const scipy = (study.rmse as unknown as Record<string, Record<string, readonly number[]>>)
    .least_squares_scipy;
  for (const [k, sigma] of STUDY_SIGMAS.entries()) {
    const out = allocateEstimates(10_000);
    await prepared.fit(sets[k].signals, out);
    assert.ok(out.status.every((status) => status === Status.converged || status === Status.atBound));
    const { truth } = sets[k];
    const [dp, d, fraction] = scipy[String(sigma)];
    assert.ok(rmse(out.Dp, truth.Dp) < dp);
    assert.ok(rmse(out.D, truth.D) < d);
    assert.ok(rmse(out.f, truth.f) < fraction);
  }
});

test('fits alike from a saved prior, and needs no cohort then', async () => {
  const again = await map.prepare({ ...task, model: saved }, empirical);
  const [first, second] = [allocateEstimates(200, { sd: true }), allocateEstimates(200, { sd: true })];
  const { signals } = studyPhantom(75, 200);
  await prepared.fit(signals, first);
  await again.fit(signals, second);
  assert.equal(second, first);
  assert.equal(again.notes, prepared.notes);
  assert.is(new TextDecoder().decode((await again.save!()).files.get('prior.json')), savedText);
});

test('needs the cohort only where the prior comes from it', () => {
  const needs = map.needs as (settings: typeof empirical) => readonly string[];
  assert.equal(needs(empirical), ['allVoxels']);
  assert.equal(needs(given), []);
});

test('where the prior hardly matters, standard deviations are least squares’ times sqrt((n_b - 3) / (n_b + 1))', async () => {
  const fixed = await map.prepare(task, given);
  assert.is(typeof fixed.save, 'undefined');
  const { signals } = studyPhantom(1, 300);
  const [out, squares] = [allocateEstimates(300, { sd: true }), allocateEstimates(300, { sd: true })];
  await fixed.fit(signals, out);
  await (await leastSquares.prepare(task, leastSquares.settings!.parse({}))).fit(signals, squares);
  for (const name of ['D', 'f', 'Dp'] as const) {
    const ratios = out.sd![name].map((sd, i) => sd / squares.sd![name][i]).sort();
    assert.ok(Math.abs(ratios[150] - Math.SQRT1_2) < 0.01, `${name}: ${ratios[150]}`);
  }
});

test('a voxel that can’t be fitted is NaN with its reason, and no other voxel changes', async () => {
  const { signals } = studyPhantom(75, 20);
  const good = allocateEstimates(20);
  await prepared.fit(signals, good);
  const values = signals.values.slice();
  values[3 * 8 + 2] = NaN;
  values[5 * 8 + 7] = -Infinity;
  const out = allocateEstimates(20);
  await prepared.fit({ ...signals, values }, out);
  for (let i = 0; i < 20; i++) {
    if (i === 3 || i === 5) {
      assert.is(out.status[i], Status.notFinite);
      assert.ok(Number.isNaN(out.D[i]) && Number.isNaN(out.f[i]) && Number.isNaN(out.Dp[i]));
    } else assert.is(out.D[i], good.D[i]);
  }
});

test('while it learns the prior it tells how far it is, and others get their turn', async () => {
  const told: number[] = [];
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const onProgress = (done: number) => void told.push(done);
  const again = await map.prepare({ ...task, allVoxels: async () => cohort, onProgress }, empirical);
  clearInterval(timer);
  assert.is(told.length, Math.ceil(cohort.n / 4096));
  assert.equal(
    told,
    told.toSorted((a, b) => a - b),
  );
  assert.is(told.at(-1), 1);
  assert.ok(turns > 0);
  assert.equal((await again.save!()).files, saved.files);
});

test('refuses priors without a highest value, unknown words and cohorts that teach nothing', async () => {
  const prior = { Dp: { median: 0.04, sigma: 1 }, D: { median: 0.001, sigma: 0.5 }, f: { a: 2, b: 5 } };
  assert.ok(map.settings!.safeParse({ prior }).success);
  for (const wrong of [
    { prior: { ...prior, f: { a: 0.5, b: 5 } } },
    { prior: { ...prior, Dp: { median: -0.04, sigma: 1 } } },
    { prior: { ...prior, D: { median: 0.001, sigma: 0 } } },
    { prior: { ...prior, S0: { median: 1, sigma: 1 } } },
    { prior: 'empiric' },
    { priors: 'empirical' },
  ]) {
    assert.not.ok(map.settings!.safeParse(wrong).success, JSON.stringify(wrong));
  }
  await refused(map.prepare(task, empirical), /prior: empirical needs the voxels that will be fitted/);
  const none: Signals = { bValues: STUDY_B, n: 0, values: new Float64Array(), scale: new Float64Array() };
  await refused(map.prepare({ ...task, allVoxels: async () => none }, empirical), /only 0 of 0 voxels/);
  const one = studyPhantom(15, 1).signals;
  const alike = together(Array.from({ length: 50 }, () => one));
  await refused(
    map.prepare({ ...task, allVoxels: async () => alike }, empirical),
    /different values|all alike/,
  );
  const broken = { files: new Map([['prior.json', new TextEncoder().encode('{"prior": 3}')]]) };
  await refused(map.prepare({ ...task, model: broken }, empirical), /prior\.json of the saved model/);
  await refused(map.prepare({ ...task, model: { files: new Map() } }, empirical), /has no prior\.json/);
});

async function refused(attempt: Promise<unknown>, message: RegExp): Promise<void> {
  try {
    await attempt;
  } catch (error) {
    assert.instance(error, InputError);
    assert.match((error as Error).message, message);
    return;
  }
  assert.unreachable('was not refused');
}

function together(parts: readonly Signals[]): Signals {
  const join = (column: (part: Signals) => Float64Array) => {
    const all = new Float64Array(parts.reduce((sum, part) => sum + column(part).length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(column(part), at);
      at += column(part).length;
    }
    return all;
  };
  const n = parts.reduce((sum, part) => sum + part.n, 0);
  return { bValues: STUDY_B, n, values: join((part) => part.values), scale: join((part) => part.scale) };
}

test.run();
