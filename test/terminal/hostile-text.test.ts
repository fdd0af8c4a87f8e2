import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { asProcess, inProcess, root, type Answer } from '../commands/command-line.ts';
import { scratchFolder, tinyYaml } from '../runner/tiny-study.ts';

const test = suite('terminal: hostile text');

const scratch = scratchFolder();
const at = (name: string, text: string): string => {
  const file = join(scratch, name);
  writeFileSync(file, text);
  return file;
};

/** Clears the screen, sets the title, goes back, reorders: with ESC, with C1, and with Unicode. */
const HOSTILE = 'x\u001b[2J\u001b]0;owned\u0007\r\u009b31m\u202eEND';
/** As YAML and JSON write it. */
const QUOTED = JSON.stringify(HOSTILE).replace('\u009b', '\\u009b');

/** Nothing but line feeds and tabs may move the cursor, and nothing may reorder text. */
function assertHarmless({ stdout, stderr }: Answer, ...says: readonly string[]): void {
  // oxlint-disable-next-line no-control-regex
  const found = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.exec(
    stdout + stderr,
  );
  assert.is(found, null, JSON.stringify(found));
  for (const text of says) assert.ok((stdout + stderr).includes(text), `${text} in: ${stdout}${stderr}`);
}

test('a config: values, keys, titles, names of fitters, names of files', async () => {
  const file = at(
    'hostile.yaml',
    tinyYaml([{ use: HOSTILE }]).replace('seed: 7', `seed: ${QUOTED}\n${QUOTED}: 1`),
  );
  assertHarmless(
    await inProcess('validate', file),
    'seed: found',
    '\\u001b[2J',
    'unknown key x\\x1b[2J',
    '\\u202e',
  );
  assertHarmless(
    await inProcess('validate', join(scratch, `${HOSTILE}.yaml`)),
    'x\\x1b[2J\\x1b]0;owned\\x07\\x0d',
  );
  const named = at(
    'named.yaml',
    tinyYaml([{ use: 'segmented', name: HOSTILE }]).replace(/^title:.*$/m, `title: ${QUOTED}`),
  );
  const valid = await inProcess('validate', named);
  assert.is(valid.code, 0, valid.stderr);
  assertHarmless(valid, 'fitters x\\x1b[2J');
  assertHarmless(await inProcess('run', named, '--dry-run', '--out', join(scratch, 'dry')), 'fit x\\x1b[2J');
  const json = await inProcess('validate', named, '--json');
  assertHarmless(json);
  assert.is((JSON.parse(json.stdout) as { title: string }).title, HOSTILE, 'escaped, it is the same value');
});

test('words of the command line, and what commander says of them', async () => {
  for (const words of [
    [HOSTILE],
    ['run', `--${HOSTILE}`],
    ['list', HOSTILE],
    ['run', join(root, 'configs/smoke.yaml'), '--set', HOSTILE],
    ['run', join(root, 'configs/smoke.yaml'), '--only', HOSTILE],
    ['fit', HOSTILE, '--out', 'x.csv'],
    ['report', join(scratch, HOSTILE)],
    ['conform', HOSTILE],
  ]) {
    const answer = await inProcess(...words);
    assert.is(answer.code, 2, words.join(' '));
    assertHarmless(answer, '\\x1b[2J');
  }
  const set = await inProcess('run', join(root, 'configs/smoke.yaml'), '--set', `seed=${QUOTED}`);
  assertHarmless(set, 'seed: found "x\\u001b[2J');
});

test('heads of a table, and its cells', async () => {
  const csv = at('signals.csv', `b0,b10,b100,b500,${HOSTILE.replace('\r', '')}\n1,.9,.8,.6,0\n`);
  const read = await inProcess('fit', csv, '--fitter', 'segmented', '--out', join(scratch, 'e.csv'));
  assertHarmless(read, 'columns not read: x\\x1b[2J');
  const cell = at('cells.csv', `b0,b10,b100,b500\n1,.9,.8,${HOSTILE.replace('\r', '')}\n`);
  assertHarmless(
    await inProcess('fit', cell, '--fitter', 'segmented', '--out', join(scratch, 'e.csv')),
    '\\x1b[2J',
  );
  const ratings = at('ratings.csv', `target,rater,value,${HOSTILE.replace('\r', '')}\na,1,x\u001b[2J,1\n`);
  assertHarmless(await inProcess('icc', ratings), 'x\\x1b[2J');
});

test('what a program prints before it fails, what a fitter throws, and a run with such names', async () => {
  const script = at(
    'prints.mjs',
    `console.error(${QUOTED}); console.error('\\u001b[31mthe error\\u001b[0m'); process.exitCode = 3;`,
  );
  const thrower = at(
    'throws.mjs',
    `export default { label: ${QUOTED}, source: 'a test', prepare() { throw new Error(${QUOTED}); } };`,
  );
  const config = at(
    'run.yaml',
    tinyYaml([
      { name: HOSTILE, external: ['node', script] },
      { use: thrower, name: 'thrower' },
    ]).replace(/^title:.*$/m, `title: ${QUOTED}`),
  );
  mkdirSync(join(scratch, 'out'));
  const run = await asProcess(['run', config, '--allow-external', '--out', join(scratch, 'out')]);
  assert.is(run.code, 1, run.stderr);
  assertHarmless(run, 'end of its output: ', ' / the error\n', 'failed: prepare thrower: x\\x1b[2J');
  assert.not.ok(run.stderr.includes('[31mthe error'), 'colours are left out');
});

test.run();
