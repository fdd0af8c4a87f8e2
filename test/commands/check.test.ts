import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Row } from '../../src/contracts/metric.ts';
import { rewriteResult } from '../runner/rewrite-result.ts';
import { madeUp } from '../runner/tiny-study.ts';
import { checkedStudy, told, type Told } from './checked-study.ts';
import { inProcess } from './command-line.ts';

const test = suite('check');

const training = 'training: { voxels: 512, noise: { sigma: { uniform: [0, 165] } } }';
const { scratch, config, against, checked } = checkedStudy(
  [
    { use: madeUp('planted'), name: 'planted' },
    { use: 'segmented' },
    { use: 'dnn', name: 'net', repeats: 5, epochs: 2, engine: 'fused' },
  ],
  training,
);
const run = join(scratch, 'run');

test('--update accepts values with the seeds asked for, and writes a line of history', async () => {
  const { code, stdout, stderr } = await checked('--update', '--seeds', '20', '--out', run);
  assert.is(code, 0, stderr);
  assert.match(stdout, `${against}: 72 gated values accepted`);
  assert.match(stdout, 'net: 20 seeds');
  const history = readFileSync(join(scratch, 'reference', 'history', 'tiny.jsonl'), 'utf8');
  assert.is(history.trim().split('\n').length, 1);
  assert.ok(existsSync(join(run, 'figures', 'accepted-runs.svg')), 'the history is drawn in the report');
});

test('the same again is green, and every value comes with the smallest loss it would find', async () => {
  const answer = await checked('--json');
  assert.is(answer.code, 0, answer.stdout + answer.stderr);
  const { green, verdicts, differences } = told(answer);
  assert.ok(green);
  assert.equal(differences, []);
  assert.equal([...new Set(verdicts.map(({ outcome }) => outcome))], ['same']);
  for (const { kind, detectable } of verdicts)
    assert.ok(kind === 'trained alike' ? detectable! >= 0 : detectable === 1e-12, kind);
});

test('a run that is there is read, and nothing is written into it', async () => {
  const before = readFileSync(join(run, 'run.json'), 'utf8');
  const { code, stdout } = await inProcess('check', run, '--against', against);
  assert.is(code, 0, stdout);
  assert.match(stdout, /GREEN: none of 72 gated values got worse/);
  assert.is(readFileSync(join(run, 'run.json'), 'utf8'), before);
});

test('a report that can not be written is no success, whatever the values are', async () => {
  const out = join(scratch, 'unreported');
  mkdirSync(join(out, 'elsewhere'), { recursive: true });
  symlinkSync(join(out, 'elsewhere'), join(out, 'tables'));
  const answer = await checked('--only', 'segmented', '--out', out);
  assert.match(answer.stdout, 'GREEN');
  assert.match(answer.stderr, /failed: report: cannot write to .*tables: it is a symbolic link/);
  assert.is(answer.code, 1);
});

test('other network seeds are green, and what changed is listed', async () => {
  const answer = await checked('--set', 'seed=1', '--json', '--only', 'net,segmented');
  assert.is(answer.code, 0, answer.stdout);
  const { verdicts, differences } = told(answer);
  assert.equal(
    differences.map(({ path }) => path),
    ['seed'],
  );
  for (const { kind, outcome } of verdicts) assert.ok(kind === 'trained' || outcome === 'same', outcome);
  assert.ok(verdicts.some(({ outcome }) => outcome === 'changed'));
  assert.not(
    verdicts.some(({ id }) => id.method === 'planted'),
    'what was not asked for is not missing',
  );
});

/** The accepted values with those of one fitter's f lower than they are. */
function stricter(name: string): string {
  const lines = readFileSync(against, 'utf8').split('\n');
  const changed = lines.map((line) =>
    /"planted".*"parameter":"f","metric":"rmse"/.test(line)
      ? line.replace(/"value":([\d.e-]+)/, (_, value) => `"value":${0.9 * Number(value)}`)
      : line,
  );
  const file = join(scratch, name, 'tiny.json');
  mkdirSync(join(scratch, name));
  writeFileSync(file, changed.join('\n'));
  return file;
}

test('JUnit, annotations and summary say it to a CI', async () => {
  const junit = join(scratch, 'check.xml');
  const summary = join(scratch, 'summary.md');
  process.env['GITHUB_ACTIONS'] = 'true';
  process.env['GITHUB_STEP_SUMMARY'] = summary;
  const { code, stderr } = await inProcess('check', run, '--against', stricter('ci'), '--junit', junit);
  delete process.env['GITHUB_ACTIONS'];
  delete process.env['GITHUB_STEP_SUMMARY'];
  assert.is(code, 1);
  assert.match(
    stderr,
    /^::error title=Accuracy%3A worse::rmse of f, planted, snr 100: .* now \(\+11 %25, certain\)$/m,
  );
  assert.match(readFileSync(summary, 'utf8'), /^\| worse \| planted \| f \| snr 100 \| rmse \|/m);
  assert.match(
    readFileSync(junit, 'utf8'),
    /<testcase classname="planted" name="rmse of f, planted, snr 100"><failure /,
  );
});

test('--update says what it changes, and the history goes on', async () => {
  const copy = stricter('copy');
  cpSync(join(scratch, 'reference', 'history'), join(scratch, 'copy', 'history'), { recursive: true });
  const { code, stdout } = await inProcess('check', run, '--against', copy, '--update');
  assert.is(code, 0);
  assert.match(stdout, /^worse: rmse of f, planted, snr 100: .*\+11 %/m);
  assert.match(stdout, /72 gated values accepted, of which 3 changed/);
  const history = readFileSync(join(scratch, 'copy', 'history', 'tiny.jsonl'), 'utf8')
    .trim()
    .split('\n');
  assert.is(history.length, 2);
  assert.is((await inProcess('check', run, '--against', copy)).code, 0);
});

test('values that are missing, new or failed are named, and so is a cell that failed', async () => {
  const copy = join(scratch, 'copied-run');
  cpSync(run, copy, { recursive: true });
  const record = JSON.parse(readFileSync(join(copy, 'run.json'), 'utf8')) as {
    cells: { failed: object[]; done: number };
    cellList: { id: string; key: string; state: string }[];
  };
  const gone = record.cellList.find(({ id }) => id === 'fit segmented snr=20')!;
  gone.state = 'failed';
  record.cells.failed.push({ id: gone.id, message: 'out of memory' });
  const bad = record.cellList.find(({ id }) => id === 'fit planted snr=10')!;
  const result = join(copy, 'cells', bad.key, 'result.json');
  const changed = (row: Row): Row => {
    if (row.metric !== 'rmse') return row;
    if (row.parameter === 'D') return { ...row, value: NaN };
    return row.parameter === 'f' ? { ...row, parameter: '' } : row;
  };
  rewriteResult(result, (cell) => ({ ...cell, rows: cell.rows.map(changed) }));
  writeFileSync(join(copy, 'run.json'), JSON.stringify(record));
  const { code, stdout } = await inProcess('check', copy, '--against', against, '--json');
  assert.is(code, 1);
  const { verdicts, problems } = JSON.parse(stdout) as Told;
  assert.equal(problems, ['cell fit segmented snr=20 failed: out of memory']);
  const of = (wanted: string) => verdicts.filter(({ outcome }) => outcome === wanted);
  assert.is(of('missing').filter(({ id }) => id.method === 'segmented').length, 9);
  assert.is(of('failed').length, 1);
  assert.is(of('new').length, 1);
  const update = await inProcess('check', copy, '--against', join(scratch, 'never.json'), '--update');
  assert.is(update.code, 1);
  assert.not(existsSync(join(scratch, 'never.json')));
});

test('refused before any work: no such run, no accepted values, those of another config, broken files', async () => {
  const refuse = async (words: string[], ...says: string[]) => {
    const { code, stdout, stderr } = await inProcess('check', ...words);
    assert.is(code, 2, stderr);
    assert.is(stdout, '');
    assert.match(stderr, /^error: [^\n]+\n$/);
    for (const word of says) assert.ok(stderr.includes(word), `expected ${word} in: ${stderr}`);
  };
  await refuse([join(scratch, 'nowhere')], 'nowhere', 'no such');
  await refuse([scratch, '--against', against], basename(scratch), 'holds no run');
  await refuse([config], 'results/reference/tiny.json', '--against', '--update');
  await refuse([run, '--against', join(scratch, 'nothing.json')], 'nothing.json');
  await refuse([run, '--against', against, '--set', 'seed=1'], '--set', 'is the folder of a run');
  await refuse([run, '--against', against, '--junit', join(against, 'x.xml')], 'cannot write');
  const broken = (text: string) => {
    writeFileSync(join(scratch, 'broken.json'), text);
    return join(scratch, 'broken.json');
  };
  const good = readFileSync(against, 'utf8');
  const first = (JSON.parse(good) as { figures: object[] }).figures.findIndex((gated) => 'value' in gated);
  await refuse([run, '--against', broken(good.slice(0, 2000))], 'broken.json', 'JSON');
  await refuse([run, '--against', broken('{}')], 'broken.json', 'format');
  await refuse(
    [run, '--against', broken(good.replace('"format": 1', '"format": 2'))],
    'broken.json',
    'format',
  );
  await refuse(
    [run, '--against', broken(good.replace('"value":', '"valeu":'))],
    'broken.json',
    `figures.${first}.value`,
  );
  await refuse(
    [run, '--against', broken(good.replaceAll('"n":60', '"n":61'))],
    'another config',
    '61 voxels',
  );
  await refuse(
    [run, '--against', broken(good.replaceAll('"phantom"', '"volunteers"'))],
    'another config',
    'experiment',
  );
  writeFileSync(join(scratch, 'reference', 'history', 'tiny.jsonl'), '{"accepted": 1}\n');
  await refuse([run, '--against', against], 'tiny.jsonl', 'line 1');
});

test.run();
