import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RateGrid } from '../../src/solvers/rate-grid.ts';
import { RicianFactor } from '../../src/solvers/rician-factor.ts';
import { RicianParabolas } from '../../src/solvers/rician-parabolas.ts';
import { STUDY_B } from './study-voxels.ts';

const test = suite('solvers/rician-parabolas');

const F = 0.25;
const averages = Float64Array.from(STUDY_B, (_, k) => 1 + (k % 3));
const grid = new RateGrid(STUDY_B, 1, averages.map(Math.sqrt));
grid.Dp[0] = 0.05;
grid.D[0] = 0.001;
grid.update(1, 1);
const decay = grid.u.map((u, k) => F * u + (1 - F) * grid.v[k]);

for (const sigma of [0.01, 0.05, 0.08]) {
  test(`near the decay is the factor by Bessel functions, sigma ${sigma} of S0, with repeats`, () => {
    const exact = new RicianFactor(averages);
    const parabolas = new RicianParabolas(averages);
    const x = decay.map((value, k) => value + (k % 2 === 0 ? 1 : -1) * 0.5 * sigma);
    exact.measure(x, sigma * sigma);
    parabolas.expand(x, sigma * sigma, 1, decay);
    assert.is(parabolas.from, 0);
    parabolas.pair(grid, 0, 0);
    for (const S0 of [1 - sigma, 1, 1 + sigma]) {
      const apart = parabolas.at(F, S0) - Math.log(exact.at(grid, 0, 0, F, S0));
      assert.ok(Math.abs(apart) < 0.01, `S0 ${S0}: ${apart}`);
    }
    const norm = decay.reduce((sum, value) => sum + value * value, 0);
    const averaged = Math.exp(parabolas.over(F, 1, norm)) / Math.sqrt(parabolas.curvature);
    assert.ok(Math.abs(averaged / exact.over(grid, 0, 0, F, 1, norm) - 1) < 0.01);
    assert.ok(Math.abs(parabolas.S0 / exact.S0 - 1) < 0.001);
  });
}

test('is not used where the signals are noise, or S0 may be 0', () => {
  const parabolas = new RicianParabolas(averages);
  parabolas.expand(decay, 1, 1, decay);
  assert.is(parabolas.from, Infinity);
});

test.run();
