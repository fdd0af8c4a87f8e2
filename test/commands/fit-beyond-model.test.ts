import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scratchFolder } from '../data/scratch-folder.ts';
import { inProcess } from './command-line.ts';

/** What `fit` says on screen of voxels and b-values that its model or its prior is not made for. */
const test = suite('fit: beyond the model and the prior');
const { put, path } = scratchFolder();

const B = [0, 10, 20, 60, 150, 300, 500, 1000];
const decay =
  (f: number, D = 0.001, Dp = 0.05) =>
  (b: number) =>
    f * Math.exp(-b * Dp) + (1 - f) * Math.exp(-b * D);

/** A table of voxels without noise; rows are functions of b. */
function table(name: string, bValues: readonly number[], rows: readonly ((b: number) => number)[]): string {
  const lines = rows.map((signal) => bValues.map((b) => signal(b).toPrecision(17)).join());
  return put(name, `${bValues.map((b) => `b${b}`).join()}\n${lines.join('\n')}\n`);
}

async function fit(file: string, ...words: string[]): Promise<string> {
  const out = words.includes('--out') ? [] : ['--out', path('out.csv')];
  const { code, stderr } = await inProcess('fit', file, ...out, ...words);
  assert.is(code, 0, stderr);
  return stderr;
}

test('b-values above 1,500 s/mm² get a note, up to there none', async () => {
  const voxels = [decay(0.2), decay(0.3)];
  const high = table('high.csv', [...B, 2000], voxels);
  for (const words of [
    ['--fitter', 'ls-global'],
    ['--snr', '50'],
  ]) {
    assert.match(
      await fit(high, ...words),
      /note: b-values go up to 2000 s\/mm²: above about 1500 tissue decays more slowly/,
    );
  }
  const edge = table('edge.csv', [...B, 1500], voxels);
  assert.not.match(await fit(edge, '--fitter', 'ls-global'), /kurtosis/);
});

test('voxels whose perfusion the signals do not show are counted', async () => {
  const file = table('low.csv', B, [decay(0), decay(0.3), decay(0), decay(0.4), decay(0)]);
  const note =
    /note: in 3 of 5 voxels the 95 % interval of f goes down to 0\.02 or less: .*the prior pulls f up/;
  assert.match(await fit(file, '--snr', '40'), note);
  assert.match(await fit(file, '--snr', '40', '--no-intervals'), note);
  assert.not.match(readFileSync(path('out.csv'), 'utf8'), /f_low/);
  // Least squares has no prior.
  assert.not.match(await fit(file, '--fitter', 'ls-global'), /prior/);
  const shown = table('shown.csv', B, [decay(0.3), decay(0.4)]);
  assert.not.match(await fit(shown, '--snr', '100'), /goes down to/);
});

test('voxels that no tissue of the prior explains are counted, on screen and in the summary for programs', async () => {
  // Signals that grow with b, and an image that lost most of its signal.
  const lost = (b: number) => (b === 150 ? 0.3 : 1) * decay(0.3)(b);
  const file = table('outside.csv', B, [decay(0.3), (b) => 1 + b / 1000, lost, decay(0.3)]);
  const expected =
    /2 of 4 voxels \(50 %\) have signals that differ from the fitted decay by more than noise explains \(status poorFit; 0\.1 % are/;
  assert.match(await fit(file, '--snr', '100'), expected);
  const { stdout } = await inProcess(
    'fit',
    file,
    '--snr',
    '100',
    '--out',
    path('out.csv'),
    '--json',
    '--quiet',
  );
  const { notes, voxelsByStatus } = JSON.parse(stdout) as {
    notes: string[];
    voxelsByStatus: Record<string, number>;
  };
  assert.equal([voxelsByStatus['converged'], voxelsByStatus['poorFit']], [2, 2]);
  assert.ok(
    notes.some((text) => expected.test(text)),
    notes.join('\n'),
  );
});

test('a missing b=0 is said once', async () => {
  const file = table(
    'from5.csv',
    B.map((b) => b + 5),
    [(b) => 900 * decay(0.2)(b), (b) => 800 * decay(0.3)(b)],
  );
  for (const fitter of ['ls-s0', 'any-protocol-net', 'ls-global']) {
    const said = await fit(file, '--fitter', fitter, '--snr', '50');
    assert.is(said.split('no volume has b=0').length, 2, said);
  }
});

test.run();
