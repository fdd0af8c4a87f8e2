import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compareErrors, type PairedErrors } from '../../src/gate/paired/compare-errors.ts';
import { rmseRatio } from '../../src/gate/paired/rmse-ratio.ts';
import { pairedText } from '../../src/gate/format/paired-text.ts';
import { resampleCounts } from '../../src/metrics/resampling/resample-counts.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';

const test = suite('paired comparison');

const random = new Mt19937(5);
const normal = (n: number) => Float64Array.from({ length: n }, () => random.gaussian());
const near = (found: number, wanted: number) => assert.ok(Math.abs(found - wanted) < 1e-12, `${found}`);

test('errors that are all 10 % larger: the ratio is 1.1 in every resample', () => {
  const first = normal(200);
  const { ratio, ciLow, ciHigh, p } = rmseRatio(
    first,
    first.map((error) => 1.1 * error),
    resampleCounts(200, 100, 1),
  );
  for (const value of [ratio, ciLow, ciHigh]) near(value, 1.1);
  assert.is(p < 1e-6, true);
});

test('the same errors are identical, and a voxel that failed in one counts in neither', () => {
  const first = normal(50);
  const second = first.slice();
  first[3] = NaN;
  second[7] = 1e9;
  first[7] = NaN;
  const found = rmseRatio(first, second, resampleCounts(50, 100, 1));
  assert.equal([found.ratio, found.ciLow, found.ciHigh, found.p, found.n], [1, 1, 1, 1, 48]);
});

test('two fitters equally good on the same hard voxels: called different as often as the level says', () => {
  const rounds = 600;
  let alarms = 0;
  let covered = 0;
  for (let round = 0; round < rounds; round++) {
    const hard = normal(150);
    const errors = () => hard.map((error) => error + 0.3 * random.gaussian());
    const { p, ciLow, ciHigh } = rmseRatio(errors(), errors(), resampleCounts(150, 200, round));
    if (p <= 0.05) alarms++;
    if (ciLow <= 1 && ciHigh >= 1) covered++;
  }
  assert.ok(alarms / rounds > 0.02 && alarms / rounds < 0.08, `${alarms} of ${rounds}`);
  assert.ok(covered / rounds > 0.92 && covered / rounds < 0.98, `${covered} of ${rounds}`);
});

test('pairing sees a difference that is small beside what voxels differ by', () => {
  const hard = normal(400);
  const first = hard.map((error) => error + 0.02 * random.gaussian());
  const second = hard.map((error) => 1.02 * error + 0.02 * random.gaussian());
  const shuffled = second.toSorted();
  const counts = resampleCounts(400, 300, 1);
  const [paired, apart] = [second, shuffled].map((other) => rmseRatio(first, other, counts));
  near(paired.ratio, apart.ratio);
  assert.ok(paired.p < 1e-3 && apart.p > 0.1, `${paired.p} and ${apart.p}`);
});

test('corrected for all that differ, the worse one named', async () => {
  const pair = (times: number): PairedErrors => {
    const first = normal(300);
    return {
      ...{ fitter: 'x', factors: {}, parameter: 'D', first },
      second: first.map((error) => times * error * (1 + 0.05 * random.gaussian())),
    };
  };
  const found = await compareErrors([pair(2), pair(0.5), pair(1)], { resamples: 200, seed: 1, level: 0.05 });
  assert.equal(
    found.map(({ better }) => better),
    ['first', 'second', 'neither'],
  );
  const same = normal(10);
  const identical = { fitter: 'x', factors: {}, parameter: 'f' as const, first: same, second: same };
  const [alike] = await compareErrors([identical], { resamples: 100, seed: 1, level: 0.05 });
  assert.is(alike.better, 'identical');
});

test('no voxel that both fitted: nothing to compare, and no part in the correction', async () => {
  const first = normal(40);
  const second = first.map((error) => 1.2 * error * (1 + 0.3 * random.gaussian()));
  const failed = new Float64Array(40).fill(NaN);
  const of = (one: Float64Array, other: Float64Array): PairedErrors => ({
    ...{ fitter: 'x', factors: {}, parameter: 'D', first: one, second: other },
  });
  const options = { resamples: 100, seed: 1, level: 0.05 };
  const [alone] = await compareErrors([of(first, second)], options);
  const found = await compareErrors([of(first, failed), of(first, second), of(failed, failed)], options);
  assert.equal(found[1], alone);
  for (const { better, n, ratio, ciLow, p } of [found[0], found[2]])
    assert.equal([better, n, ratio, ciLow, p], ['nothing to compare', 0, NaN, NaN, NaN]);
  const text = pairedText(found, 0.05);
  assert.match(text, /^x +D +– +– +10⁻³ mm²\/s +– +– +– +0 +nothing to compare$/m);
  assert.match(text, /identical 0, nothing to compare in 2; corrected/);
  assert.not.match(pairedText([alone], 0.05), 'nothing');
});

test.run();
