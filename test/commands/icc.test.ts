import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { main } from '../../src/cli.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('commands: icc');
const { path, put } = scratchFolder();

/** Runs the command line and keeps what it writes. */
async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const streams = { out: process.stdout, err: process.stderr };
  const originals = { out: streams.out.write.bind(streams.out), err: streams.err.write.bind(streams.err) };
  for (const name of ['out', 'err'] as const) {
    streams[name].write = (text) => Boolean((written[name] += String(text)));
  }
  try {
    const code = await main(['icc', ...words]);
    return { code, ...written };
  } finally {
    streams.out.write = originals.out;
    streams.err.write = originals.err;
  }
}

/** Shrout and Fleiss (1979): six targets, four judges. */
const judged = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
];
const lines = judged.flatMap((row, i) => row.map((value, j) => `J${j + 1},${value},S${i + 1}`));
const table = (body: readonly string[]) => ['rater,value,target', ...body, ''].join('\n');
const good = put('good.csv', table(lines));

test('prints the six forms as JSON, with the names that programs rely on', async () => {
  const { code, out, err } = await run(good, '--json');
  assert.equal([code, err], [0, '']);
  const rows = JSON.parse(out) as Record<string, number | string>[];
  assert.equal(
    rows.map((row) => Object.keys(row)),
    new Array<string[]>(6).fill(['form', 'value', 'ci_low', 'ci_high', 'f', 'df1', 'df2', 'p']),
  );
  // psych 2.2.9 on R 4.2.2: ICC(sf, lmer = FALSE)$results
  const round = (row: (typeof rows)[number]) =>
    Object.values(row).map((field) => (typeof field === 'number' ? Number(field.toPrecision(6)) : field));
  assert.equal(round(rows[0]), ['icc1', 0.165742, -0.132932, 0.72256, 1.79468, 5, 18, 0.164769]);
  assert.equal(round(rows[1]), ['icc2', 0.289764, 0.0187865, 0.761084, 11.0272, 5, 15, 0.000134567]);
  assert.equal(round(rows[5]), ['icc3k', 0.909316, 0.675675, 0.985892, 11.0272, 5, 15, 0.000134567]);
});

test('prints a table for people, with the confidence asked for', async () => {
  const { code, out } = await run(good, '--confidence', '0.9');
  assert.is(code, 0);
  assert.match(out, /^6 targets, 4 raters\n/);
  assert.match(out, /90 % low/);
  // psych 2.2.9, alpha = 0.1
  assert.match(out, /^icc3 +0\.7148 +0\.4118 +0\.9258 +11\.027 +5 +15 +0\.000135 +\S/m);
});

test('leaves out targets that lack a rating, and says which', async () => {
  const file = put('missing.csv', table(lines.filter((line) => line !== 'J2,4,S3')));
  const dropped = await run(file, '--missing', 'drop', '--json');
  assert.is(dropped.code, 0);
  assert.is(dropped.err, 'note: 1 of 6 targets left out for 1 missing rating: S3\n');
  const without = put('without.csv', table(lines.filter((line) => !line.endsWith('S3'))));
  assert.is(dropped.out, (await run(without, '--json')).out);
});

test('says which columns it does not read, and where icc2k means nothing', async () => {
  const file = put(
    'swapped.csv',
    'target,rater,value,day\na,A,1,x\na,B,3,x\nb,A,3,x\nb,B,1.1,x\nc,A,2,x\nc,B,2,y\n',
  );
  const { code, err } = await run(file);
  assert.is(code, 0);
  assert.match(err, /^note: columns not read: day\nnote: .*icc2k.*\n$/);
});

test('what is not finite is null for programs and a word for people', async () => {
  const file = put('perfect.csv', 'target,rater,value\na,A,1\na,B,1\nb,A,3\nb,B,3\n');
  const [first] = JSON.parse((await run(file, '--json')).out) as Record<string, unknown>[];
  assert.equal(first, { form: 'icc1', value: 1, ci_low: 1, ci_high: 1, f: null, df1: 1, df2: 2, p: 0 });
  assert.match((await run(file)).out, /^icc1 +1\.0000 +1\.0000 +1\.0000 +inf +1 +2 +<1e-300 /m);
  const constant = put('constant.csv', 'target,rater,value\na,A,1\na,B,1\nb,A,1\nb,B,1\n');
  assert.match(
    (await run(constant)).out,
    /^icc3 +undefined +undefined +undefined +undefined +1 +1 +undefined /m,
  );
});

test('refuses in one line that names file, line and column, with exit code 2', async () => {
  const refused = async (words: string[], ...says: string[]) => {
    const { code, out, err } = await run(...words);
    assert.equal([code, out], [2, ''], err);
    const [, message] = /^(?:note: .*\n)*error: (.*)\n$/.exec(err) ?? [];
    for (const word of says) assert.ok(message?.includes(word), `${word} in: ${err}`);
  };
  const edited = (from: string, to: string) => [put('edited.csv', table(lines).replace(from, to))];
  await refused([path('none.csv')], 'none.csv', 'no such file');
  await refused([path('.')], 'it is a folder');
  await refused([put('empty.csv', '')], 'empty.csv is empty');
  await refused(
    edited('target', 'subject'),
    'edited.csv:1',
    'no column target',
    'found rater, value, subject',
  );
  await refused(edited('J2,4,S3', 'J2,four,S3'), "edited.csv:11: column value holds 'four'");
  await refused(edited('J2,4,S3', 'J2,,S3'), 'edited.csv:11: column value', '--missing drop');
  await refused(edited('J2,4,S3', 'J1,4,S3'), 'edited.csv:11', 'target, rater', 'S3', 'J1', 'line 10');
  await refused(edited('J2,4,S3\n', ''), 'edited.csv: 1 of 24', 'target S3 by rater J2', '--missing drop');
  await refused([put('one.csv', table(lines.slice(0, 4)))], 'one.csv', '1 target;', 'at least 2');
  await refused(
    [put('solo.csv', table(lines.filter((line) => line.startsWith('J1'))))],
    'solo.csv',
    '1 rater;',
  );
  await refused(
    [put('few.csv', 'target,rater,value\na,A,1\nb,B,2\n'), '--missing', 'drop'],
    'few.csv: each of 2 targets lacks a rating',
  );
  await refused([good, '--confidence', '95'], '--confidence', "'95'", 'between 0 and 1');
  await refused([good, '--missing', 'ignore'], '--missing', "'ignore'", 'refuse, drop');
});

test('a missing rating may be written in any usual way', async () => {
  for (const word of ['n/a', 'N/A', '<NA>', '#N/A', 'None']) {
    const file = put('missing.csv', table(lines.map((line) => line.replace('J1,9,S1', `J1,${word},S1`))));
    const refusal = await run(file);
    assert.is(refusal.code, 2, word);
    assert.match(refusal.err, 'missing.csv:2: column value holds no rating (1 such line)');
    const { code, err } = await run(file, '--missing', 'drop');
    assert.is(code, 0, word);
    assert.match(err, '1 of 6 targets left out');
  }
  const comma = put('comma.csv', table(lines).replaceAll(',', ';').replace('J1;9;S1', 'J1;9,5;S1'));
  assert.match((await run(comma)).err, "holds '9,5': a decimal comma; write a point, as in 9.5");
});

test('prints no minus before a zero', async () => {
  const constant = [3, 5, 8, 4, 9].flatMap((value, i) => [`A,${value},S${i}`, `B,5,S${i}`]);
  const { out } = await run(put('constant.csv', table(constant)));
  assert.match(out, /icc3 +0\.0000/);
});

test.run();
