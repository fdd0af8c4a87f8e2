import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { allocateEstimates, fail, Status } from '../../src/contracts/voxels.ts';
import { csvRecords } from '../../src/data/csv-records.ts';
import { readCsvRows } from '../../src/data/csv-rows.ts';
import { csvSink } from '../../src/data/csv-sink.ts';
import { refused } from './refused.ts';
import { scratchFolder } from './scratch-folder.ts';

const test = suite('csv');
const { path, put } = scratchFolder();
const values = async (file: string) => {
  const rows = await readCsvRows(file);
  const into = new Float64Array(rows.n * rows.bValues.length);
  await rows.read(0, rows.n, into);
  await rows.close();
  return Array.from(into);
};

test('signal columns are found by their names, wherever they stand', async () => {
  const file = put('a.csv', 'who,b1000,b0,note,b20.5\nann,3,10,x,9\nbob,2,8,"y, z",7\n');
  const rows = await readCsvRows(file);
  await rows.close();
  assert.equal(Array.from(rows.bValues), [1000, 0, 20.5]);
  assert.is(rows.normalised, false);
  assert.equal(await values(file), [3, 10, 9, 2, 8, 7]);
});

test('semicolons, tabs, Windows line breaks, a byte order mark and blank lines', async () => {
  for (const text of ['b0;b10\r\n1;2\r\n\r\n3;4\r\n', '\uFEFFb0\tb10\n1\t2\n3\t4', 'b0,b10\n1,2\n3,4\n\n']) {
    assert.equal(await values(put('s.csv', text)), [1, 2, 3, 4]);
  }
});

test('empty cells and NaN are signals that are not finite', async () => {
  assert.equal(await values(put('n.csv', 'b0,b10\n,NaN\nna,-inf\n')), [NaN, NaN, NaN, -Infinity]);
});

test('without b0 the rows count as normalised', async () => {
  const rows = await readCsvRows(put('w.csv', 'b10,b20\n1,2\n'));
  await rows.close();
  assert.is(rows.normalised, true);
});

test('quoted cells give back what was put in', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.array(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é') }), {
          minLength: 2,
          maxLength: 2,
        }),
        {
          minLength: 1,
        },
      ),
      (table) => {
        const cells = table.map((row) => ['k', ...row]);
        const text = cells
          .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        assert.equal(
          [...csvRecords(text, ',', 'x')].map((record) => [...record.cells]),
          cells,
        );
      },
    ),
    { seed: 11 },
  );
});

test('a text where a number belongs is refused with line and column', async () => {
  const refuse = (name: string, text: string, ...says: string[]) =>
    refused(() => readCsvRows(put(name, text)), name, ...says);
  await refuse('t.csv', 'id,b0,b10\n1,5,6\n2,five,6\n', 't.csv:3', 'column b0', "'five'");
  await refuse('q.csv', 'id,b0\n"a\nb",1\nc,x\n', 'q.csv:4');
  await refuse('l.csv', 'b0,b10\n1,2\n1,2,3\n', 'l.csv:3', '3 cells', '2 columns');
  await refuse('o.csv', 'b0,b10\n"1,2\n', 'o.csv:2', 'no closing');
  await refuse('h.csv', 'b0,b10\n', 'header but no rows');
  await refuse('e.csv', '  \n', 'is empty');
  await refuse('c.csv', 'x,y\n1,2\n', 'no signal columns', 'b0, b10', 'x, y');
  await refuse('d.csv', 'b0,D,b10\n1,2,3\n', 'already has a column D', 'D_true');
  await refused(() => readCsvRows(path('none.csv')), 'none.csv', 'no such file');
});

test('a file is written again as it was, with five columns more', async () => {
  const source = await readCsvRows(put('in.csv', 'who;b0;b10\r\n"a;b";1;2\r\nc ;3;4\r\n'));
  const estimates = allocateEstimates(2);
  estimates.S0[0] = 1;
  estimates.D[0] = 1e-3;
  estimates.f[0] = 0.25;
  estimates.Dp[0] = 0.1 + 0.2;
  estimates.status[0] = Status.atBound;
  fail(estimates, 1, Status.notFinite);
  const sink = await csvSink(path('out.csv'), source);
  await sink.write(0, estimates);
  await (await sink.finish()).commit();
  await source.close();
  assert.is(
    readFileSync(path('out.csv'), 'utf8'),
    'who;b0;b10;S0;D;f;Dp;status\r\n"a;b";1;2;1;0.001;0.25;0.30000000000000004;atBound\r\nc ;3;4;NaN;NaN;NaN;NaN;notFinite\r\n',
  );
});

test('a file of more than one piece is read from any row, and written again, whatever its records and encoding', async () => {
  // 12 MB in records of 1 to 3 lines, one of them longer than a piece of 4 MB.
  const n = 60_000;
  const nameOf = (i: number) =>
    i === 40_000 ? `"${'é;\n'.repeat(2 ** 21)}"` : i % 3 === 0 ? `"M\u00fcller\n${i}"` : `x${i}`;
  const lines = Array.from({ length: n }, (_, i) => `${nameOf(i)};${i};${i / 8}`);
  const text = `who;b0;b10\n${lines.join('\n')}\n`;
  for (const [name, encoding] of [
    ['utf8.csv', 'utf8'],
    ['windows.csv', 'latin1'],
    ['utf16.csv', 'utf16le'],
  ] as const) {
    const source = await readCsvRows(
      put(name, Buffer.from(encoding === 'utf16le' ? `\uFEFF${text}` : text, encoding)),
    );
    assert.is(source.n, n);
    for (const [first, count] of [
      [0, 10],
      [39_990, 20],
      [4095, 2],
      [n - 5, 5],
    ]) {
      const into = new Float64Array(count * 2);
      await source.read(first, count, into);
      const expected = Array.from({ length: count }, (_, i) => [first + i, (first + i) / 8]).flat();
      assert.equal(Array.from(into), expected, `${name} from ${first}`);
    }
    const sink = await csvSink(path('again.csv'), source, []);
    await (await sink.finish()).commit();
    await source.close();
    const again = readFileSync(path('again.csv'), 'utf8');
    assert.ok(
      again === `${text.replace('b10\n', 'b10;status\n').replaceAll(/(;[\d.]+)\n/g, '$1;notFitted\n')}`,
      name,
    );
  }
});

test('a fault far down has its line', async () => {
  const many = `b0,b10\n${'"1\n ",2\n'.repeat(700_000)}`;
  await refused(() => readCsvRows(put('far.csv', `${many}3,x\n`)), 'far.csv:1400002', 'column b10', "'x'");
  await refused(() => readCsvRows(put('nul.csv', `${many}3,\0\n`)), 'nul.csv:1400002', 'NUL');
});

test.run();
