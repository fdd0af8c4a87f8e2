import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunRecord } from '../../src/runner/run-record.ts';
import { program, root } from '../commands/command-line.ts';
import { until } from '../external/gone.ts';
import { madeUp, scratchFolder, tinyYaml } from '../runner/tiny-study.ts';
import { skip } from '../skip.ts';
import { hasTerminals, NO_TERMINAL, onTerminal } from './on-terminal.ts';

const test = suite('terminal: Ctrl-C');

const scratch = scratchFolder();
const config = join(scratch, 'blocked.yaml');
// One of its cells keeps a worker busy for ten minutes.
writeFileSync(config, tinyYaml([{ use: madeUp('blocking') }, { use: 'segmented' }]));
const csv = join(root, 'test/fixtures/voxels-sigma15.csv');

interface Stopped {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program redirected and sends it signals as soon as `ready` says so. */
async function stopped(
  words: readonly string[],
  ready: (stderr: string) => boolean,
  signals: readonly NodeJS.Signals[] = ['SIGINT'],
): Promise<Stopped> {
  const child = spawn(process.execPath, [program, ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const ended = new Promise<Stopped>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, ...text })),
  );
  assert.ok(await until(() => ready(text.stderr), 60), `not ready: ${text.stderr}`);
  for (const signal of signals) child.kill(signal);
  return ended;
}

/** Keys of the cells that are stored, and names of whatever else lies beside them. */
function cellsIn(out: string): { stored: string[]; others: string[] } {
  const folder = join(out, 'cells');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return {
    stored: names.filter((name) => !name.startsWith('.')),
    others: names.filter((name) => name.startsWith('.')),
  };
}

/** All but the blocked cell, and those that need it, are stored. */
const runOf = (name: string) => {
  const out = join(scratch, name);
  const words = ['run', config, '--out', out, '--workers', '2', '--allow-external'];
  return { out, words, isBlocked: () => cellsIn(out).stored.length >= 7 };
};

const STOPPING =
  'stopping: what is done is kept, and the same command resumes the run (Ctrl-C again ends at once)';

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} stops a run whose workers are busy: exit code ${code}, whole cells kept`, async () => {
    const { out, words, isBlocked } = runOf(signal);
    const end = await stopped(words, isBlocked, [signal]);
    assert.is(end.code, code, end.stderr);
    const [first, last, ...more] = end.stderr.trimEnd().split('\n');
    assert.is(first, STOPPING);
    assert.is(last, `interrupted: 7 of 13 cells are kept in ${out}; run the same command again to resume`);
    assert.equal([end.stdout, more], ['', []]);
    assert.equal([cellsIn(out).stored.length, cellsIn(out).others], [7, []]);
    const record = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as RunRecord;
    assert.equal([record.status, record.cells.done, record.cells.failed], ['interrupted', 7, []]);
    assert.not.ok(existsSync(join(out, 'report.html')));
  });
}

test('a second signal ends the run at once, with the same exit code', async () => {
  const { words, isBlocked } = runOf('twice');
  const end = await stopped(words, isBlocked, ['SIGINT', 'SIGINT']);
  assert.equal([end.code, end.signal], [130, null], end.stderr);
  assert.is(end.stderr.split('\n')[0], STOPPING);
});

test('--fresh does what is stored again, and so promises nothing else', async () => {
  const { words, isBlocked } = runOf('fresh');
  const end = await stopped([...words, '--fresh'], isBlocked);
  assert.is(end.code, 130, end.stderr);
  assert.match(end.stderr, /^stopping \(Ctrl-C again ends at once\)\n/);
  assert.match(end.stderr, /run the same command again without --fresh to resume\n$/);
});

test('a fit writes nothing', async () => {
  const out = join(scratch, 'maps', 'estimates.csv');
  const words = ['fit', csv, '--fitter', madeUp('dawdling'), '--set', 'ms=600000', '--out', out];
  const end = await stopped(words, () => existsSync(join(scratch, 'maps')));
  assert.is(end.code, 130, end.stderr);
  assert.match(end.stderr, /interrupted: nothing was written\n$/);
  assert.not.ok(existsSync(join(scratch, 'maps')));
});

test('conform ends although the fitter never gives way', async () => {
  const end = await stopped(['conform', madeUp('blocking')], (stderr) => stderr.includes('blocking'));
  assert.is(end.signal, 'SIGINT');
});

test('a data set that is being simulated is removed', async () => {
  const volunteers = join(root, 'configs/volunteers.yaml');
  const partial = () => readdirSync(scratch).filter((name) => name.startsWith('.people.'));
  const words = [
    'simulate',
    volunteers,
    '--set',
    'data.virtual.subjects=100',
    '--out',
    join(scratch, 'people'),
  ];
  const end = await stopped(words, () => partial().length > 0);
  assert.is(end.code, 130, end.stderr);
  assert.match(end.stderr, /interrupted: only what is complete is kept\n$/);
  assert.equal(partial(), []);
  assert.not.ok(existsSync(join(scratch, 'people')));
});

test('check leaves no run behind', async () => {
  const temporary = scratchFolder();
  process.env['TMPDIR'] = temporary;
  const runs = () => readdirSync(temporary).filter((name) => name.startsWith('ivim-bench-check-'));
  const against = join(scratch, 'accepted.json');
  const words = ['check', config, '--update', '--against', against, '--workers', '2', '--allow-external'];
  const isBlocked = () => runs().some((name) => cellsIn(join(temporary, name)).stored.length >= 7);
  const end = await stopped(words, isBlocked);
  delete process.env['TMPDIR'];
  assert.is(end.code, 130, end.stderr);
  assert.equal(end.stderr.trimEnd().split('\n'), [
    'stopping (Ctrl-C again ends at once)',
    'interrupted: nothing was compared',
  ]);
  assert.equal([runs(), existsSync(against)], [[], false]);
});

if (hasTerminals) {
  const ctrlC = '\u0003';

  test('on a terminal, Ctrl-C takes the progress away and says what is kept', async () => {
    const { out, words, isBlocked } = runOf('typed');
    const { printed, type, ended } = onTerminal([program, ...words]);
    assert.ok(await until(() => isBlocked() && printed().includes('prepare blocking'), 60), printed());
    type(ctrlC);
    assert.is(await ended, 130, printed());
    const after = printed().slice(printed().indexOf('stopping'));
    assert.equal(after.trimEnd().split('\r\n'), [
      STOPPING,
      `interrupted: 7 of 13 cells are kept in ${out}; run the same command again to resume`,
    ]);
    assert.not.ok(printed().includes('\u001b[?25l'), 'the cursor is never hidden');
    assert.equal(cellsIn(out).others, []);
  });

  for (const [name, words, kept] of [
    [
      'train',
      ['train', join(root, 'configs/phantom.yaml'), '--set', 'fitters.dnn.patience=100000'],
      'nothing was written',
    ],
    [
      'optimise-protocol',
      ['optimise-protocol', '-n', '16', '--starts', '100000', '--tissue', join(root, 'configs/phantom.yaml')],
      '',
    ],
  ] as const) {
    test(`on a terminal, Ctrl-C ends ${name} and leaves nothing`, async () => {
      const out = join(scratch, name);
      const { printed, type, ended } = onTerminal([program, ...words, '--out', out]);
      assert.ok(await until(() => printed().includes(' % '), 60), printed());
      type(ctrlC);
      assert.is(await ended, 130, printed());
      assert.ok(
        printed()
          .trimEnd()
          .endsWith(kept === '' ? 'interrupted' : `interrupted: ${kept}`),
        printed(),
      );
      assert.not.ok(existsSync(out));
    });
  }
} else {
  skip(test, 'Ctrl-C on a pseudo-terminal', NO_TERMINAL);
}

test.run();
