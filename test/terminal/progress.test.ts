import { spawnSync } from 'node:child_process';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { plainLines } from '../../src/terminal/plain-lines.ts';
import { statusBlock } from '../../src/terminal/status-block.ts';
import { root } from '../commands/command-line.ts';
import { skip } from '../skip.ts';
import { hasTerminals, NO_TERMINAL, onTerminal } from './on-terminal.ts';

const test = suite('terminal: progress');

/** A terminal and its clock, in milliseconds. */
function screen(columns: number, rows: number) {
  let time = 0;
  let text = '';
  let writes = 0;
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk.toString();
      writes++;
      done();
    },
  });
  return {
    block: statusBlock({ stream: Object.assign(stream, { columns, rows }), now: () => time }),
    tick: (ms: number) => void (time += ms),
    text: () => text,
    writes: () => writes,
  };
}

/** What a terminal shows after all this: only what the block uses is understood. */
function shownOf(text: string): string[] {
  const lines = [''];
  let row = 0;
  // oxlint-disable-next-line no-control-regex
  for (const [token] of text.matchAll(/\u001b\[(?:2K|1A|G)|\n|[^\u001b\n]+/g)) {
    if (token === '\n') lines[++row] ??= '';
    else if (token === '\u001b[2K') lines[row] = '';
    else if (token === '\u001b[1A') row--;
    else if (token !== '\u001b[G') lines[row] += token;
  }
  return lines.slice(0, row);
}

test('10,000 updates in 10 s are 50 redraws, whatever they say', () => {
  const { block, tick, writes } = screen(80, 24);
  for (let i = 0; i < 10_000; i++) {
    tick(1);
    block.show(() => [`${i} done`, '  a', '  b']);
  }
  assert.is(writes(), 50);
  block.end();
});

test('the block takes its own place: the last state is what is seen, and nothing after the end', () => {
  const { block, tick, text } = screen(80, 24);
  for (let i = 1; i <= 9; i++) {
    tick(200);
    block.show(() => [`${i} of 9`, ...Array.from({ length: i % 4 }, (_, k) => `  worker ${k + 1}`)]);
  }
  assert.equal(shownOf(text()), ['9 of 9', '  worker 1']);
  block.end();
  assert.equal(shownOf(text()), []);
});

test('lines are cut to the width, wide characters counted as two, and to the height of the terminal', () => {
  const { block, tick, text } = screen(20, 5);
  tick(200);
  block.show(() => [
    'x'.repeat(50),
    '信号'.repeat(20),
    'short',
    ...Array.from({ length: 9 }, (_, k) => `line ${k}`),
  ]);
  const shown = shownOf(text());
  assert.equal(shown, ['x'.repeat(18) + '…', '信号信号信号信号信…', 'short', 'and 9 more']);
  block.end();
});

test('nothing that a line holds steers the terminal', () => {
  const { block, tick, text } = screen(80, 24);
  tick(200);
  block.show(() => ['a\u001b[2Jb\r\u009bc\nd']);
  assert.equal(shownOf(text()), ['a\\x1b[2Jb\\x0d\\x9bc d']);
  block.end();
});

test('off a terminal a line comes now and then, the first alone', () => {
  const lines: string[] = [];
  let time = 0;
  const progress = plainLines({ write: (text) => lines.push(text), now: () => time });
  for (let i = 0; i < 10_000; i++, time += 3) progress.show(() => [`${i} done`, '  a worker']);
  progress.end();
  assert.equal(lines, ['3334 done\n', '6668 done\n']);
});

const updates = (n: number) => [
  ...['--import', 'tsx', fileURLToPath(new URL('./many-updates.ts', import.meta.url))],
  String(n),
];

if (hasTerminals) {
  test('on a terminal, 10,000 updates take little CPU time to draw', async () => {
    const { printed, ended } = onTerminal(updates(10_000), { columns: 60, rows: 20 });
    assert.is(await ended, 0, printed());
    const [, shown, quiet] = /shown ([\d.]+) ms, quiet ([\d.]+) ms/.exec(printed())!.map(Number);
    const redraws = printed().split('of 10000 cells done').length - 1;
    assert.ok(redraws >= 5, printed());
    // Kept and redrawn whole, 10,000 updates took minutes. A redraw takes a millisecond or two, the first ones ten.
    assert.ok(shown - quiet < 10 * redraws + 100, `${shown} ms with ${redraws} redraws, ${quiet} ms without`);
    // oxlint-disable-next-line no-control-regex
    const lines = printed().split(/\r?\n|\u001b\[[0-9;]*[A-Z]/);
    assert.ok(Math.max(...lines.map((line) => line.length)) <= 60, printed());
  });

  for (const [name, size, env] of [
    ['0 columns', { columns: 0, rows: 0 }, {}],
    ['the name dumb', {}, { TERM: 'dumb' }],
    ['a CI around it', {}, { CI: 'true' }],
  ] as const) {
    test(`a terminal with ${name} gets plain lines`, async () => {
      const { printed, ended } = onTerminal(updates(2000), size, env);
      assert.is(await ended, 0, printed());
      assert.match(printed(), /^shown .* ms\r\n$/);
    });
  }
} else {
  skip(test, 'progress on a pseudo-terminal', NO_TERMINAL);
}

test('redirected, there are no control sequences', () => {
  const { stdout, stderr } = spawnSync(process.execPath, updates(2000), { cwd: root, encoding: 'utf8' });
  assert.match(stdout, /^shown .* ms\n$/);
  assert.is(stderr, '');
});

test.run();
