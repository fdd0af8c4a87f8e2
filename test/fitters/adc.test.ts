import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Status } from '../../src/contracts/voxels.ts';
import adc from '../../src/fitters/adc.ts';
import { refused } from '../data/refused.ts';
import { asSignals, estimate, referenceVoxels, STUDY } from './reference-voxels.ts';

const test = suite('fitters/adc');
const decay = (D: number) => STUDY.map((b) => Math.exp(-b * D));

test('a single exponential is recovered; there is no f and no Dp', async () => {
  const out = await estimate(adc, asSignals(STUDY, decay(0.00123)));
  assert.ok(Math.abs(out.D[0] / 0.00123 - 1) < 1e-10);
  assert.ok(Math.abs(out.S0[0] - 1) < 1e-10);
  assert.ok(Number.isNaN(out.f[0]) && Number.isNaN(out.Dp[0]));
  assert.is(out.status[0], Status.converged);
});

test('unweighted, from 200 s/mm² on, it is the D of numpy.polyfit', async () => {
  // numpy 2 on reference voxel 2 at sigma 75, as in log-linear.test.ts.
  const out = await estimate(adc, referenceVoxels(75).signals, { from: 200, weighted: false });
  assert.ok(Math.abs(out.D[2] / 0.0011202627172146097 - 1) < 1e-9);
  assert.ok(Math.abs(out.sd!.D[2] / 0.00021157435796598207 - 1) < 1e-6);
});

test('two b-values: log of the ratio over the difference, without a deviation', async () => {
  const row = Float64Array.of(...STUDY.map((b) => 0.3 * Math.exp(-b * 0.03) + 0.7 * Math.exp(-b * 0.001)));
  const out = await estimate(adc, asSignals(STUDY, row), { from: 150, upTo: 300 });
  assert.ok(Math.abs(out.D[0] - Math.log(row[4] / row[5]) / 150) < 1e-12);
  assert.ok(Number.isNaN(out.sd!.D[0]));
});

test('with b=0 perfusion counts as diffusion', async () => {
  const row = STUDY.map((b) => 0.3 * Math.exp(-b * 0.05) + 0.7 * Math.exp(-b * 0.001));
  const all = await estimate(adc, asSignals(STUDY, row), { from: 0 });
  const high = await estimate(adc, asSignals(STUDY, row));
  assert.ok(all.D[0] > 1.2 * high.D[0] && Math.abs(high.D[0] / 0.001 - 1) < 0.01);
});

test('signals that rise are at the bound; too few b-values are refused', async () => {
  const out = await estimate(adc, asSignals(STUDY, decay(-0.0005)));
  assert.is(out.D[0], 0);
  assert.is(out.status[0], Status.atBound);
  await refused(
    async () => adc.checkProtocol!(STUDY, adc.settings!.parse({ from: 800 })),
    'from 800 up to highest',
    'at least two',
  );
});

test.run();
