import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { completeRatings, takeTargets } from '../../src/agreement/ratings.ts';
import type { Ratings } from '../../src/agreement/ratings.ts';
import { parseRatings } from '../../src/agreement/ratings-csv.ts';
import { subjectBootstrap } from '../../src/agreement/subject-bootstrap.ts';
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

test('a bootstrap draws whole subjects, and the same ones for the same seed', async () => {
  const subjects = ['x', 'y', 'x', 'z', 'y', 'x'];
  const seen: number[][] = [];
  const draw = (seed: number) =>
    subjectBootstrap(
      subjects,
      (targets) => {
        seen.push([...targets]);
        return targets.length;
      },
      { resamples: 50, seed },
    );
  const { value, low, high } = draw(1);
  assert.is(value, 6);
  assert.ok(low >= 3 && high <= 9 && low < high);
  for (const targets of seen) {
    const times = (target: number) => targets.filter((one) => one === target).length;
    assert.ok(times(0) === times(2) && times(2) === times(5) && times(1) === times(4));
    assert.is(times(0) + times(1) + times(3), 3);
  }
  assert.equal(draw(1), { value, low, high });
  const before = seen.splice(0);
  draw(2);
  assert.not.equal(seen, before.slice(0, 51));
  await refused(
    () => subjectBootstrap(['x', 'x'], () => 1, { resamples: 5, seed: 0 }),
    'at least 2 subjects',
  );
});

test('a statistic that a resample leaves undefined has no interval', () => {
  // Some resample of two subjects draws only one of them.
  const bothDrawn = (targets: Uint32Array) => (new Set(targets).size === 2 ? 1 : NaN);
  const found = subjectBootstrap(['x', 'y'], bothDrawn, { resamples: 50, seed: 0 });
  assert.is(found.value, 1);
  assert.ok(Number.isNaN(found.low) && Number.isNaN(found.high));
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
