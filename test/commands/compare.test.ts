import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runCells } from '../../src/runner/run-cells.ts';
import { madeUp, scratchFolder, tinyStudy } from '../runner/tiny-study.ts';
import { inProcess } from './command-line.ts';

const test = suite('compare');

const scratch = scratchFolder();
const fitters = [{ use: madeUp('planted'), name: 'planted' }, { use: 'segmented' }];
const runs: Readonly<Record<string, readonly string[]>> = {
  first: [],
  second: ['fitters.planted.scale=1.5'],
  others: ['data.seeds.noise=467'],
};
for (const [name, set] of Object.entries(runs)) {
  const study = await tinyStudy(scratch, fitters, [...set]);
  await runCells(study, { out: join(scratch, name), workers: 1, quiet: true, only: ['planted'] });
}
await runCells(await tinyStudy(scratch, fitters), {
  ...{ out: join(scratch, 'segmented'), workers: 1, quiet: true, only: ['segmented'] },
});
const compared = (second: string, ...words: string[]) =>
  inProcess('compare', join(scratch, 'first'), join(scratch, second), ...words);

test('per fitter, parameter and noise level: the ratio, how sure, and which is better', async () => {
  const { code, stdout } = await compared('second', '--json');
  assert.is(code, 0);
  const { verdicts } = JSON.parse(stdout) as {
    verdicts: { parameter: string; factors: { snr: number }; ratio: number; p: number; better: string }[];
  };
  assert.is(verdicts.length, 9);
  for (const { parameter, ratio, better } of verdicts) {
    if (parameter !== 'f') assert.equal([ratio, better], [1, 'identical']);
  }
  const worst = verdicts.find(({ parameter, factors }) => parameter === 'f' && factors.snr === 100)!;
  assert.ok(worst.ratio > 1.5 && worst.p < 0.01);
  assert.is(worst.better, 'first');
  const text = (await compared('second')).stdout;
  assert.match(text, /^planted +D +snr 100 +(\d\S*) +\1 +10⁻³ mm²\/s +1 +– +– +60 +identical$/m);
  assert.match(text, /^planted +f +snr 100 .* first$/m);
  assert.match(text, /identical 6; corrected \(Holm\)/);
});

test('a run with failed cells is compared, and that is no success unless it is expected', async () => {
  const halting = [...fitters, { use: madeUp('stumbling'), name: 'halting', at: 'fit' }];
  await runCells(await tinyStudy(scratch, halting), {
    ...{ out: join(scratch, 'failed'), workers: 1, quiet: true, only: ['planted', 'halting'] },
  });
  const { code, stdout, stderr } = await compared('failed');
  assert.is(code, 1, stderr);
  assert.match(stderr, /failed: .*failed: \d of 13 cells failed: fit halting .*; start the same run again/);
  assert.match(stdout, /^planted +D +snr 100/m);
  const expected = await compared('failed', '--allow-incomplete');
  assert.equal([expected.code, expected.stdout], [0, stdout]);
  assert.match(expected.stderr, /^note: .*cells failed/);
});

test('refused: other voxels, nothing in common, no run', async () => {
  for (const [second, says] of [
    ['others', 'seeds.noise is 466 in one and 467 in the other'],
    ['segmented', 'no fit in common'],
    ['nowhere', 'nowhere holds no run: there is no such folder'],
  ]) {
    const { code, stdout, stderr } = await compared(second);
    assert.is(code, 2);
    assert.is(stdout, '');
    assert.match(stderr, /^error: [^\n]+\n$/);
    assert.ok(stderr.includes(says), stderr);
  }
  assert.is((await compared('second', '--resamples', '5')).code, 2);
});

test.run();
