import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TopLevelSpec } from 'vega-lite';
import type { Row } from '../../src/contracts/metric.ts';
import { figureParts } from '../../src/report/page/figure-section.ts';
import { drawThinned } from '../../src/report/draw-thinned.ts';

const test = suite('report: figures of very many rows');

const row = (method: string, factors: Row['factors']): Row => ({
  ...{ experiment: 'phantom', method, factors, parameter: 'D', metric: 'rmse', unit: '' },
  ...{ value: 1, ciLow: 1, ciHigh: 1, n: 1 },
});
const rows = (levels: number): Row[] =>
  Array.from({ length: levels }, (_, i) => ['ls', 'map'].map((method) => row(method, { snr: i + 1 }))).flat();
/** A mark of some 100 characters for every row. */
const draw = (from: readonly Row[]): TopLevelSpec => ({
  description: 'Marks',
  data: { values: from.map(({ method, factors }) => ({ method, ...factors, filled: 'x'.repeat(60) })) },
  mark: 'point',
});
const drawnIn = ({ spec }: { spec: TopLevelSpec }) =>
  (spec as unknown as { data: { values: { method: string; snr: number }[] } }).data.values;

test('a figure of usual size is drawn from all rows', () => {
  const found = drawThinned(rows(500), draw)!;
  assert.is(found.thinned, undefined);
  assert.is(drawnIn(found).length, 1000);
  assert.is(found.spec.description, 'Marks');
});

test('a larger one is drawn at levels from the first to the last, of every method, and says so', () => {
  const found = drawThinned(rows(20_000), draw)!;
  assert.ok(JSON.stringify(found.spec).length < 450_000);
  const marks = drawnIn(found);
  const levels = [...new Set(marks.map(({ snr }) => snr))].sort((a, b) => a - b);
  assert.equal([levels[0], levels.at(-1)], [1, 20_000]);
  assert.is(marks.length, 2 * levels.length);
  const steps = levels.slice(1).map((level, i) => level - levels[i]);
  assert.ok(Math.max(...steps) - Math.min(...steps) <= 1, 'evenly');
  const words = `Thinned: drawn at ${levels.length} of 20000 values of \`snr\`, evenly spaced in their order; the tables have all.`;
  assert.is(found.thinned, words);
  assert.is(found.spec.description, `Marks. ${words}`);
  const figure = { title: 'Marks', caption: 'What it is.' };
  const html = figureParts({ name: 'marks', figure, drawing: { ...found, svg: '<svg/>' } });
  assert.match(html, 'What it is. Thinned: drawn at ');
});

test('what is large for another reason is drawn from all rows', () => {
  const found = drawThinned(rows(100), (from) => ({
    ...{ data: { values: [{ count: from.length, picture: 'x'.repeat(500_000) }] }, mark: 'image' },
  }))!;
  assert.is(found.thinned, undefined);
  assert.is(
    drawThinned(rows(3), () => null),
    null,
  );
});

test('factors with few levels keep all of them', () => {
  const many = rows(4000).flatMap(({ method, factors }) =>
    ['1.5T', '3T'].map((session) => row(method, { ...factors, session })),
  );
  const sessions = drawnIn(drawThinned(many, draw)!).map(
    (mark) => (mark as unknown as { session: string }).session,
  );
  assert.is(sessions.filter((session) => session === '3T').length, sessions.length / 2);
});

test.run();
