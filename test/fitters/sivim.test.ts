import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';
import { Status } from '../../src/contracts/voxels.ts';
import sivim from '../../src/fitters/sivim.ts';
import { voxels } from '../../src/conformance/voxels.ts';
import { asSignals, estimate, referenceVoxels, STUDY } from './reference-voxels.ts';

const test = suite('fitters/sivim');

test('D and f by hand', async () => {
  // b = 0, 200, 800: D = ln(0.64 / 0.32) / 600, 1 - f = 0.64 exp(200 D) = 0.64 x 2^(1/3).
  const signals = asSignals(Float64Array.of(0, 200, 800), Float64Array.of(1, 0.64, 0.32));
  const out = await estimate(sivim, signals);
  assert.ok(Math.abs(out.D[0] - Math.LN2 / 600) < 1e-15);
  assert.ok(Math.abs(out.f[0] - (1 - 0.64 * Math.cbrt(2))) < 1e-14);
  assert.ok(Number.isNaN(out.Dp[0]));
  assert.is(out.status[0], Status.converged);
});

test('uses the b-values nearest to those asked for, and no others', async () => {
  const { signals } = referenceVoxels(75);
  const out = await estimate(sivim, signals, { low: 290, high: 600 });
  const others = new Float64Array(signals.values);
  for (let i = 0; i < signals.n; i++) for (const k of [1, 2, 3, 4, 7]) others[i * 8 + k] *= 1.1;
  const again = await estimate(sivim, { ...signals, values: others }, { low: 290, high: 600 });
  assert.equal(again.D, out.D);
  const i = out.status.indexOf(Status.converged);
  const D = Math.log(signals.values[i * 8 + 5] / signals.values[i * 8 + 6]) / 200;
  assert.ok(Math.abs(out.D[i] - D) < 1e-15);
});

test('its standard deviations are those of its errors', async () => {
  // Perfusion is gone at 300 s/mm² with Dp near 0.1, so that all error is noise.
  const { signals, truth } = voxels(STUDY, 4000, 50, 9);
  const out = await estimate(sivim, signals, { low: 300 });
  for (const name of ['D', 'f'] as const) {
    const z = Array.from(out[name], (x, i) => (x - truth[name][i]) / out.sd![name][i]).filter(
      (x, i) => truth.Dp[i] > 0.05 && Number.isFinite(x),
    );
    const square = z.reduce((sum, x) => sum + x * x, 0) / z.length;
    assert.ok(z.length > 1500 && Math.abs(square - 1) < 0.1, `${name}: ${square} over ${z.length}`);
  }
});

test('fails without a logarithm, moves to a bound and says so', async () => {
  const b = Float64Array.of(0, 200, 800);
  const out = await estimate(sivim, asSignals(b, Float64Array.of(1, 0.5, 0, 1, 1.2, 0.9, 1, 0.5, 0.6)));
  assert.is(out.status[0], Status.notConverged);
  assert.is(out.status[1], Status.atBound);
  assert.is(out.f[1], 0);
  // With f = 0 the best slope through the origin of (b, log S).
  const slope = -(200 * Math.log(1.2) + 800 * Math.log(0.9)) / (200 ** 2 + 800 ** 2);
  assert.ok(Math.abs(out.D[1] - slope) < 1e-15);
  assert.is(out.status[2], Status.atBound);
  assert.is(out.D[2], 0);
});

test('notes a low b-value at which perfusion is left', async () => {
  const notesAt = async (...b: number[]) => {
    const task = { bValues: Float64Array.from(b), seed: 1 } as Parameters<typeof sivim.prepare>[0];
    const { notes } = await sivim.prepare(task, sivim.settings!.parse({}));
    return (notes ?? []).join('; ');
  };
  // exp(-5 x 0.02) is 0.90, exp(-150 x 0.02) is 0.05.
  assert.match(await notesAt(0, 5, 1000), /low b-value, 5 s\/mm², is too low.*90 % of the perfusion/);
  assert.not.match(await notesAt(0, 150, 1000), /too low/);
});

test('refuses two b-values that are one', async () => {
  const error = await estimate(sivim, referenceVoxels(15).signals, { low: 900 }).catch((e: unknown) => e);
  assert.instance(error, InputError);
  assert.match((error as Error).message, /nearest to low 900 s\/mm² is 1000 and to high highest is 1000/);
});

test.run();
