import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { IvimPosterior } from '../../src/solvers/ivim-posterior.ts';
import { BetaTerm, LognormalTerm } from '../../src/solvers/prior-densities.ts';
import { study, STUDY_B, studyVoxels } from './study-voxels.ts';

const test = suite('solvers/ivim-posterior, prior-densities');

const b = STUDY_B.slice(1);
/** Where the entries of a symmetric 3 x 3 matrix are kept. */
const PACKED = [0, 1, 2, 1, 3, 4, 2, 4, 5];

test('prior terms are SciPy 1.17.1’s -log(pdf + 1e-8), also where the density is at its floor', () => {
  const near = (found: number, known: number) => assert.ok(Math.abs(found - known) < 1e-12, `${found}`);
  const f = new BetaTerm({ a: 2.36, b: 5.87 });
  f.at(Math.log(0.25), 0.2, 0.8);
  near(f.value, -0.9583013935339957);
  const Dp = new LognormalTerm({ median: 0.0425, sigma: 1.007 });
  Dp.at(Math.log(0.03));
  near(Dp.value, -2.5208253630812294);
  const D = new LognormalTerm({ median: 0.001, sigma: 0.55 });
  D.at(Math.log(1e-6));
  near(D.value, 18.420680743952367);
  D.at(Math.log(1e-4));
  near(D.value, -0.12577089714133854);
});

test('is the study’s objective at the answers of its optimiser', () => {
  const posterior = new IvimPosterior(b, study.empirical_prior);
  for (const sigma of [15, 75, 150] as const) {
    for (const { signals, map } of studyVoxels(sigma)) {
      posterior.measure(signals, 0);
      const value = posterior.evaluate(
        Math.log(map.Dp),
        Math.log(map.Dp / map.D),
        Math.log(map.f / (1 - map.f)),
      );
      assert.ok(Math.abs(value - map.value) < 1e-8, `${value} instead of ${map.value}`);
    }
  }
});

test('its gradient and Hessian are those of its value', () => {
  const posterior = new IvimPosterior(b, study.empirical_prior);
  const signal = fc.double({ min: 0, max: 1.5, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(signal, { minLength: 7, maxLength: 7 }),
      fc.double({ min: -7, max: -1e-3, noNaN: true }),
      fc.double({ min: 1e-3, max: 8, noNaN: true }),
      fc.double({ min: -6, max: 6, noNaN: true }),
      (signals, u, r, z) => {
        posterior.measure(Float64Array.from(signals), 0);
        const at = [u, r, z];
        posterior.evaluate(u, r, z);
        const gradient = posterior.gradient.slice();
        const hessian = posterior.hessian.slice();
        const h = 1e-4;
        for (let i = 0; i < 3; i++) {
          const [high, low] = [h, -h].map((step) => {
            const [x, y, w] = at.map((value, k) => value + (k === i ? step : 0));
            return { value: posterior.evaluate(x, y, w), gradient: posterior.gradient.slice() };
          });
          const size = 1 + Math.hypot(...gradient) + Math.hypot(...hessian);
          assert.ok(Math.abs((high.value - low.value) / (2 * h) - gradient[i]) < 1e-5 * size);
          for (let j = 0; j < 3; j++) {
            const slope = (high.gradient[j] - low.gradient[j]) / (2 * h);
            assert.ok(Math.abs(slope - hessian[PACKED[3 * i + j]]) < 1e-4 * size);
          }
        }
      },
    ),
    { seed: 10, numRuns: 300 },
  );
});

test.run();
