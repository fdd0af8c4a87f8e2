import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { failedFrom, Status } from '../../src/contracts/voxels.ts';
import triexponential from '../../src/fitters/triexponential.ts';
import varpro from '../../src/fitters/varpro.ts';
import { asSignals, estimate } from './reference-voxels.ts';

const test = suite('fitters/triexponential');

/** b-values from 0.2 to 500 s/mm², as Riexinger 2019 measured, so that the faster perfusion shows. */
const DENSE = Float64Array.of(
  ...[0, 0.2, 0.4, 0.7, 0.8, 1.1, 1.7, 3, 3.8, 4.1, 4.3, 4.4, 4.5, 4.9, 10, 15, 20, 30, 50, 60, 90],
  ...[95, 150, 180, 500],
);
/** Mean of healthy livers at 1.5 T in Riexinger 2019: mm²/s. */
const LIVER = { D: 0.00122, f1: 0.161, Dp1: 0.0813, f2: 0.152, Dp2: 2.453 };

const decay = (b: number) =>
  (1 - LIVER.f1 - LIVER.f2) * Math.exp(-b * LIVER.D) +
  LIVER.f1 * Math.exp(-b * LIVER.Dp1) +
  LIVER.f2 * Math.exp(-b * LIVER.Dp2);

test("finds the mean liver of Riexinger 2019, whose faster perfusion two decays can't", async () => {
  const liver = asSignals(DENSE, DENSE.map(decay));
  const three = await estimate(triexponential, liver);
  assert.is(three.status[0], Status.converged);
  assert.ok(Math.abs(three.D[0] / LIVER.D - 1) < 1e-3, `D ${three.D[0]}`);
  assert.ok(Math.abs(three.f[0] / (LIVER.f1 + LIVER.f2) - 1) < 1e-3, `f ${three.f[0]}`);
  assert.ok(Number.isNaN(three.Dp[0]));
  const two = await estimate(varpro, liver);
  assert.ok(two.f[0] < 0.9 * (LIVER.f1 + LIVER.f2), `f of two decays ${two.f[0]}`);
});

test('its standard deviations are those of its errors', async () => {
  const n = 400;
  const noise = 0.002;
  const random = new Mt19937(7);
  const values = new Float64Array(n * DENSE.length);
  for (let k = 0; k < values.length; k++) {
    values[k] = decay(DENSE[k % DENSE.length]) + noise * random.gaussian();
  }
  const out = await estimate(triexponential, asSignals(DENSE, values));
  const truth = { D: LIVER.D, f: LIVER.f1 + LIVER.f2 };
  for (const name of ['D', 'f'] as const) {
    const z = Array.from(out[name], (x, i) => (x - truth[name]) / out.sd![name][i]).filter(Number.isFinite);
    const inside = z.filter((x) => Math.abs(x) < 1).length / z.length;
    assert.ok(z.length > 0.8 * n, `${z.length} have one`);
    // 68 % of a normal distribution, give or take three deviations of the count.
    assert.ok(Math.abs(inside - 0.68) < 0.08, `${name}: ${inside}`);
  }
});

test('on two decays one amplitude is nothing, and D and f are theirs', async () => {
  const b = Float64Array.of(0, 5, 10, 20, 50, 100, 200, 400, 800);
  const out = await estimate(
    triexponential,
    asSignals(
      b,
      b.map((b) => 0.25 * Math.exp(-b * 0.06) + 0.75 * Math.exp(-b * 0.001)),
    ),
  );
  assert.ok(out.status[0] < failedFrom);
  assert.ok(Math.abs(out.D[0] / 0.001 - 1) < 1e-2, `D ${out.D[0]}`);
  assert.ok(Math.abs(out.f[0] / 0.25 - 1) < 1e-2, `f ${out.f[0]}`);
});

test('refuses fewer b-values than unknowns', async () => {
  const error = await estimate(
    triexponential,
    asSignals(Float64Array.of(0, 10, 50, 200, 800), Float64Array.of(1, 0.9, 0.8, 0.7, 0.4)),
  ).catch((reason: unknown) => reason);
  assert.match((error as Error).message, /triexponential: b-values 0, 10, 50, 200, 800 are too few/);
});

test.run();
