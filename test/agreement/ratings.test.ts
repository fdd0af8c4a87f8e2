import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { completeRatings, takeTargets } from '../../src/agreement/ratings.ts';
import type { Ratings } from '../../src/agreement/ratings.ts';
import { parseRatings } from '../../src/agreement/ratings-csv.ts';
import { subjectJackknife } from '../../src/agreement/subject-jackknife.ts';
import { LOGARITHMIC } from '../../src/statistics/jackknife.ts';
import { refused } from '../data/refused.ts';
import { ratingsOf } from './ratings-of.ts';

const test = suite('agreement: ratings');

const rows = ({ values, raters }: Ratings) =>
  Array.from({ length: values.length / raters }, (_, i) => [...values.slice(i * raters, (i + 1) * raters)]);

test('complete ratings pass as they are', () => {
  const ratings = ratingsOf([
    [1, 2],
    [3, 4],
  ]);
  assert.equal(completeRatings(ratings, 'refuse'), { ratings, missing: 0, dropped: [] });
});

test('missing ratings are refused by name, or their targets dropped and counted', async () => {
  const ratings: Ratings = {
    ...ratingsOf([
      [1, 2],
      [NaN, NaN],
      [3, 4],
      [5, NaN],
    ]),
    targetNames: ['liver', 'spleen', 'pancreas', 'cortex'],
    raterNames: ['A', 'B'],
  };
  await refused(() => completeRatings(ratings, 'refuse'), '3 of 8', 'target spleen by rater A');
  const { ratings: left, missing, dropped } = completeRatings(ratings, 'drop');
  assert.equal(rows(left), [
    [1, 2],
    [3, 4],
  ]);
  assert.equal(left.targetNames, ['liver', 'pancreas']);
  assert.equal([missing, dropped], [3, [1, 3]]);
  await refused(
    () =>
      completeRatings(
        ratingsOf([
          [1, NaN],
          [NaN, 2],
        ]),
        'drop',
      ),
    'none is left',
  );
});

test('targets are taken in order, as often as they are named', () => {
  const ratings = {
    ...ratingsOf([
      [1, 2],
      [3, 4],
      [5, 6],
    ]),
    targetNames: ['a', 'b', 'c'],
  };
  const taken = takeTargets(ratings, Uint32Array.of(2, 0, 2));
  assert.equal(rows(taken), [
    [5, 6],
    [1, 2],
    [5, 6],
  ]);
  assert.equal(taken.targetNames, ['c', 'a', 'c']);
});

test('a jackknife leaves out whole subjects, and every subject once', async () => {
  const subjects = ['x', 'y', 'x', 'z', 'y', 'x'];
  const seen: number[][] = [];
  const found = subjectJackknife(subjects, (targets) => {
    seen.push([...targets]);
    return targets.length;
  });
  assert.equal(seen, [
    [0, 1, 2, 3, 4, 5],
    [1, 3, 4],
    [0, 2, 3, 5],
    [0, 1, 2, 4, 5],
  ]);
  assert.is(found.value, 6);
  await refused(() => subjectJackknife(['x', 'x'], () => 1), 'at least 2 subjects');
});

test("the jackknife interval of a mean is Student's", () => {
  // SciPy: t.interval(0.95, 4, mean(x), sem(x))
  const values = [2, 3, 5, 7, 11];
  const { value, low, high } = subjectJackknife([...values.keys()], (places) => {
    const some = Array.from(places, (place) => values[place]);
    return some.reduce((sum, each) => sum + each, 0) / some.length;
  });
  assert.ok(Math.abs(value - 5.6) < 1e-12);
  assert.ok(
    Math.abs(low - 1.1576878316835) < 1e-9 && Math.abs(high - 10.0423121683165) < 1e-9,
    `${low} ${high}`,
  );
});

test('a statistic that is undefined without one of the subjects has no interval, and one that nobody changes no extent', () => {
  const bothNeeded = (targets: Uint32Array) => (targets.length === 2 ? 1 : NaN);
  const found = subjectJackknife(['x', 'y'], bothNeeded);
  assert.is(found.value, 1);
  assert.ok(Number.isNaN(found.low) && Number.isNaN(found.high));
  assert.equal(
    subjectJackknife(['x', 'y', 'z'], () => 0.3, LOGARITHMIC),
    { value: 0.3, low: 0.3, high: 0.3 },
  );
});

test('a table in any order of columns and lines, quoted, with semicolons, a byte order mark and Windows line ends', () => {
  const text =
    '\uFEFFvalue; note ;rater;target\r\n1e-3;x;A;"liver; left"\r\n\r\n-.5;;B;spleen\r\n+2.;y;B;"liver; left"\r\nNA;;A;spleen\r\n';
  const { ratings, ignored, emptyLines } = parseRatings(text, 'r.csv');
  assert.equal(ratings.targetNames, ['liver; left', 'spleen']);
  assert.equal(ratings.raterNames, ['A', 'B']);
  assert.equal(rows(ratings), [
    [1e-3, 2],
    [NaN, -0.5],
  ]);
  assert.equal([ignored, emptyLines], [['note'], [6]]);
});

test('what programs write for a missing rating is missing: R, BIDS, pandas, Excel, SAS', () => {
  for (const word of ['', 'NA', 'n/a', 'NaN', '<NA>', '#N/A', '.', '-', 'null']) {
    const { ratings } = parseRatings(`target,rater,value\na,A,1\na,B,${word}\nb,A,2\nb,B,3\n`, 'r.csv');
    assert.equal(rows(ratings), [
      [1, NaN],
      [2, 3],
    ]);
  }
});

test('tables that are wrong are refused with line and column', async () => {
  const head = 'target,rater,value\n';
  const refuse = (text: string, ...says: (string | RegExp)[]) =>
    refused(() => parseRatings(text, 'r.csv'), ...says);
  await refuse('', 'r.csv is empty');
  await refuse('\n \n', 'r.csv is empty');
  await refuse(head, 'r.csv has a header but no ratings');
  await refuse('target,reader,value\n1,A,2\n', 'r.csv:1', 'no column rater', 'found target, reader, value');
  await refuse('Target;Value\n', 'r.csv:1', 'no columns target, rater, value; found Target, Value');
  await refuse('target,rater,value,value\n', 'r.csv:1', 'column value', 'more than once');
  await refuse(head + 'a,A,1\na,B\n', 'r.csv:3', '2 cells', '3 columns');
  await refuse(head + 'a,A,1\n,B,2\n', 'r.csv:3: column target is empty');
  await refuse(head + 'a,A,1\na, ,2\n', 'r.csv:3: column rater is empty');
  await refuse(head + 'a,"A\nA",1\nb,A,1\na,"A\nA",3\n', 'r.csv:5', 'on line 2');
  await refuse(head + '"a,A,1\n', 'r.csv:2', 'closing "');
  for (const word of ['four', '1,5'.replace(',', ' '), '0x10', '1e999', 'inf', '--1', '..', '1e']) {
    await refuse(head + `a,A,1\n\na,B,${word}\n`, 'r.csv:4: column value', `'${word}'`);
  }
  const mistaken = Array.from({ length: 5000 }, (_, i) => `t${i},r${i},1`).join('\n');
  await refuse(head + mistaken, '5000 ratings of 5000 targets by 5000 raters');
});

test.run();
