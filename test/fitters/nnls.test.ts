import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Status } from '../../src/contracts/voxels.ts';
import nnls from '../../src/fitters/nnls.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { NonNegative } from '../../src/solvers/non-negative.ts';
import { asSignals, estimate, STUDY } from './reference-voxels.ts';

const test = suite('fitters/nnls');

test('the answer is the minimum: no gradient points into the box, and none is left inside (Karush, Kuhn and Tucker)', () => {
  const random = new Mt19937(2);
  for (let problem = 0; problem < 200; problem++) {
    const [m, n, ridge] = [8, 12, 1e-4];
    const A = Float64Array.from({ length: m * n }, () => random.uniform());
    const y = Float64Array.from({ length: m }, () => random.gaussian());
    const solver = new NonNegative(A, n, ridge);
    assert.ok(solver.solve(y, 0));
    const { x } = solver;
    for (let j = 0; j < n; j++) {
      let slope = ridge * x[j];
      for (let k = 0; k < m; k++) {
        let residual = -y[k];
        for (let i = 0; i < n; i++) residual += A[k * n + i] * x[i];
        slope += residual * A[k * n + j];
      }
      assert.ok(x[j] >= 0);
      assert.ok(x[j] > 0 ? Math.abs(slope) < 1e-7 : slope > -1e-7, `problem ${problem}: ${x[j]}, ${slope}`);
    }
  }
});

test('a problem solved by hand: the unconstrained minimum has a negative part, which becomes 0', () => {
  // x1 + x2 = 1 and x1 - x2 = 3 give (2, -1); with x2 = 0, x1 minimises (x1 - 1)² + (x1 - 3)²: 2.
  const solver = new NonNegative(Float64Array.of(1, 1, 1, -1), 2, 1e-9);
  assert.ok(solver.solve(Float64Array.of(1, 3), 0));
  assert.ok(Math.abs(solver.x[0] - 2) < 1e-8);
  assert.is(solver.x[1], 0);
});

test('two exponentials are told apart by the boundary, whichever their rates', async () => {
  for (const [D, f, Dp] of [
    [0.001, 0.2, 0.05],
    [0.0015, 0.35, 0.03],
  ]) {
    const row = STUDY.map((b) => f * Math.exp(-b * Dp) + (1 - f) * Math.exp(-b * D));
    const out = await estimate(nnls, asSignals(STUDY, row), { ridge: 1e-7, count: 80 });
    assert.ok(Math.abs(out.D[0] / D - 1) < 0.05, `D ${out.D[0]}`);
    assert.ok(Math.abs(out.f[0] - f) < 0.02, `f ${out.f[0]}`);
    assert.ok(Math.abs(out.Dp[0] / Dp - 1) < 0.15, `Dp ${out.Dp[0]}`);
    assert.is(out.status[0], Status.converged);
  }
});

test('a single slow exponential has f 0 and is at the bound', async () => {
  const out = await estimate(
    nnls,
    asSignals(
      STUDY,
      STUDY.map((b) => Math.exp(-b * 0.001)),
    ),
    { ridge: 1e-9 },
  );
  assert.ok(out.f[0] < 1e-3 && Math.abs(out.D[0] / 0.001 - 1) < 0.02);
});

test('a boundary outside the rates is refused', () => {
  const { success } = nnls.settings!.safeParse({ boundary: 0.5 });
  assert.is(success, false);
});

test.run();
