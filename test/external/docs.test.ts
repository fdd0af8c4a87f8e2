import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allocateEstimates } from '../../src/contracts/voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import { permitPrograms } from '../../src/external/permission.ts';
import program from '../../src/external/program.ts';
import { ExternalSettings } from '../../src/external/settings.ts';
import { root } from '../commands/command-line.ts';
import { scratchFolder } from '../runner/tiny-study.ts';
import { skip } from '../skip.ts';

const test = suite('external: the examples of the documentation');

const page = readFileSync(join(root, 'docs/external-fitters.md'), 'utf8');

/** The first block of code in a language. */
function example(language: string): string {
  return page.split(`\n\`\`\`${language}\n`)[1].split('\n```')[0] + '\n';
}

const answers = (command: string, ...words: string[]): boolean => spawnSync(command, words).status === 0;

/** Without noise, and with a perfusion that is over at b = 250 s/mm², the log-linear fit of the examples is exact. */
async function isExact(interpreter: string, file: string, code: string): Promise<void> {
  const path = join(scratchFolder(), file);
  writeFileSync(path, code);
  const bValues = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
  const { signals, truth } = simulatePhantom({
    bValues,
    voxels: 50,
    S0: 1000,
    tissue: { D: { uniform: [5e-4, 2e-3] }, f: { uniform: [0.1, 0.4] }, Dp: { constant: 0.05 } },
    sigma: { constant: 1e-9 },
    seeds: { parameters: 1, noise: 2 },
  });
  permitPrograms({ title: '', file: '', experiment: '', module: '', config: { seed: 1 } }, true);
  const settings = ExternalSettings.parse({ external: [interpreter, path] });
  const prepared = await program.prepare({ bValues, seed: 1 }, settings);
  const out = allocateEstimates(signals.n);
  await prepared.fit(signals, out);
  for (let i = 0; i < signals.n; i++) {
    assert.is(out.status[i], 0);
    assert.ok(Math.abs(out.D[i] / truth.D[i] - 1) < 1e-5, `D ${out.D[i]}, true ${truth.D[i]}`);
    assert.ok(Math.abs(out.f[i] / truth.f[i] - 1) < 1e-4, `f ${out.f[i]}, true ${truth.f[i]}`);
    assert.is(out.Dp[i], 0.05);
    assert.ok(Math.abs(out.S0[i] / 1000 - 1) < 1e-9);
  }
}

test('the Python example has fifteen lines', () => {
  assert.is(example('python').trim().split('\n').length, 15);
});

const pythons = ['python3', '/usr/bin/python3', join(root, '.venv/bin/python')];
const python = pythons.find((candidate) => answers(candidate, '-c', 'import numpy'));
if (python) test('the Python example fits', () => isExact(python, 'log_linear.py', example('python')));
else skip(test, 'the Python example fits', 'no Python with NumPy is installed');

if (answers('Rscript', '--version'))
  test('the R example fits', () => isExact('Rscript', 'log_linear.R', example('r')));
else skip(test, 'the R example fits', 'no R is installed');

test.run();
