import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Row } from '../../src/contracts/metric.ts';
import intervalCoverage from '../../src/report/findings/interval-coverage.ts';
import calibration from '../../src/tables/calibration.ts';
import { phantomRun } from './phantom-run.ts';

const test = suite('how often intervals hold the truth');

const run = phantomRun();
const row = (
  fitter: string,
  snr: number,
  metric: string,
  value: number,
  parameter: Row['parameter'] = 'D',
): Row => ({
  experiment: 'phantom',
  method: fitter,
  factors: { snr },
  parameter,
  metric,
  value,
  ciLow: value - 0.01,
  ciHigh: value + 0.01,
  unit: '',
  n: 100,
});
const rows = [
  row('sure', 100, 'coverage95', 0.9),
  row('sure', 10, 'coverage95', 0.6),
  row('sure', 10, 'coverage50', 0.1),
  row('honest', 100, 'coverage95', 0.941),
  row('honest', 10, 'coverage95', 0.96),
  row('honest', 10, 'coverage95', 0.95, 'f'),
];

test('a sentence per fitter has its worst and best, and says who keeps the promise', () => {
  const { found } = intervalCoverage.find({ ...run, rows });
  assert.equal(found, [
    'honest: intervals contain the truth in 94.1 to 96.0 % for D and 95.0 % for f, which is nominal at every SNR.',
    'sure: intervals contain the truth in 60.0 to 90.0 % for D.',
  ]);
  assert.equal(intervalCoverage.find({ ...run, rows: [] }).found, []);
});

test('the table has percents, the nearest to 95 in bold, and nothing where a fitter says nothing', () => {
  const { columns, lines } = calibration.build(rows, run.manifest)!;
  assert.equal(
    columns.map(({ name }) => name),
    ['parameter', 'snr', 'honest', 'sure'],
  );
  const bold = (value: number, best: boolean) => ({ value, low: value - 0.01, high: value + 0.01, best });
  assert.equal(
    lines.map(({ values }) => values),
    [
      ['D', 100, bold(0.941, true), bold(0.9, false)],
      ['D', 10, bold(0.96, true), bold(0.6, false)],
      ['f', 10, bold(0.95, false), null],
    ],
  );
  assert.ok(lines.every(({ scale }) => scale === 100));
  assert.is(calibration.build([], run.manifest), null);
});

test('several protocols: lines of their own, each with its own nearest to 95', () => {
  const under = (protocol: string, shift: number) =>
    rows.map((each): Row => ({
      ...each,
      factors: { protocol, ...each.factors },
      value: each.value + shift,
    }));
  const { columns, lines } = calibration.build([...under('one', 0), ...under('two', -0.2)], run.manifest)!;
  assert.equal(
    columns.map(({ name }) => name),
    ['protocol', 'parameter', 'snr', 'honest', 'sure'],
  );
  assert.equal(
    lines.map(({ values }) => values.slice(0, 3)),
    ['one', 'two'].flatMap((protocol) => [
      [protocol, 'D', 100],
      [protocol, 'D', 10],
      [protocol, 'f', 10],
    ]),
  );
  const bold = lines.map(({ values }) =>
    values.slice(3).map((value) => (value as { best?: boolean } | null)?.best ?? false),
  );
  const once = [
    [true, false],
    [true, false],
    [false, false],
  ];
  assert.equal(bold, [...once, ...once]);
});

test.run();
