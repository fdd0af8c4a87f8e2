import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfig } from '../../src/config/load-config.ts';
import { allocateEstimates, PARAMETERS, type Estimates } from '../../src/contracts/voxels.ts';
import { permitPrograms } from '../../src/external/permission.ts';
import program from '../../src/external/program.ts';
import { ExternalSettings } from '../../src/external/settings.ts';
import { root } from '../commands/command-line.ts';
import { estimate, referenceVoxels, STUDY } from '../fitters/reference-voxels.ts';
import ls from '../../src/fitters/ls.ts';
import { skip } from '../skip.ts';

const test = suite('external: the peers');

const peers = join(root, 'scripts/peers');
const pythons = [join(root, '.venv/bin/python'), 'python3', '/usr/bin/python3'];
const python = pythons.find((candidate) => spawnSync(candidate, ['-c', 'import scipy']).status === 0);

async function fitted(command: readonly string[], sigma: 15 | 75 | 150): Promise<Estimates> {
  permitPrograms({ title: '', file: '', experiment: '', module: '', config: { seed: 1 } }, true);
  const prepared = await program.prepare(
    { bValues: STUDY, seed: 1 },
    ExternalSettings.parse({ external: command }),
  );
  const { signals } = referenceVoxels(sigma);
  const out = allocateEstimates(signals.n, { sd: true });
  await prepared.fit(signals, out);
  return out;
}

/** A column of the reference voxels of a noise level. */
function column(sigma: number, name: string): number[] {
  const [head, ...rows] = readFileSync(join(root, `test/fixtures/voxels-sigma${sigma}.csv`), 'utf8')
    .trim()
    .split('\n');
  const at = head.split(',').indexOf(name);
  return rows.map((row) => Number(row.split(',')[at]));
}

const rmse = (estimates: ArrayLike<number>, truth: readonly number[]): number =>
  Math.sqrt(truth.reduce((sum, value, i) => sum + (estimates[i] - value) ** 2, 0) / truth.length);

if (python) {
  test("SciPy's RMSE through the external path is the study's within 0.1 %, and its standard deviations are those of ls", async () => {
    const script = [python, join(peers, 'scipy_curve_fit.py')];
    const all = await Promise.all(([15, 75, 150] as const).map((sigma) => fitted(script, sigma)));
    for (const [i, sigma] of [15, 75, 150].entries()) {
      const found = all[i];
      for (const parameter of PARAMETERS) {
        const truth = column(sigma, `${parameter}_true`);
        const wanted = rmse(column(sigma, `ls_${parameter}`), truth);
        const ratio = rmse(found[parameter], truth) / wanted;
        assert.ok(Math.abs(ratio - 1) < 1e-3, `${parameter} at sigma ${sigma}: ${ratio} of the reference`);
      }
    }
    // Ours follows SciPy's covariance: the same standard deviations where the minimum is a good one.
    const ours = await estimate(ls, referenceVoxels(15).signals);
    for (const parameter of PARAMETERS) {
      const near = [...ours.sd![parameter]].filter(
        (sd, i) => Math.abs(all[0].sd![parameter][i] / sd - 1) < 0.01,
      );
      assert.ok(near.length >= 180, `${parameter}: ${near.length} of 200`);
    }
  });
} else {
  skip(test, "SciPy's RMSE through the external path is the study's", 'no Python with SciPy is installed');
}

const anyPython = pythons.find((candidate) => spawnSync(candidate, ['--version']).status === 0);
if (anyPython) {
  test('a peer without its library ends with one line that says what is missing and what brings it', () => {
    const code = 'import sys; sys.path.insert(0, sys.argv[1]); sys.modules["numpy"] = None; import peer';
    const bare = spawnSync(anyPython, ['-c', code, peers], { encoding: 'utf8' });
    assert.is(bare.status, 1);
    assert.match(bare.stderr, /^numpy cannot be imported: .*\(scripts\/peers\/install brings it\)\n$/);
  });
} else {
  skip(test, 'a peer without its library', 'no Python is installed');
}

test('the config of the peers is right, and names scripts that exist', async () => {
  const { config } = await loadConfig(join(root, 'configs/peers.yaml'));
  const commands = config.fitters!.flatMap(({ external }) => (external ? [external] : []));
  assert.ok(commands.length >= 8);
  for (const [, script] of commands) readFileSync(join(root, 'configs', script));
});

test.run();
