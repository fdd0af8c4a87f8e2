import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { simulatePhantom } from '../../src/data/phantom.ts';
import { BoundedNewton } from '../../src/solvers/bounded-newton.ts';
import { IvimPosterior } from '../../src/solvers/ivim-posterior.ts';
import { MapSearch } from '../../src/solvers/map-search.ts';
import { study, STUDY_B, studyVoxels } from './study-voxels.ts';

const test = suite('solvers/map-search');

const b = STUDY_B.slice(1);
const prior = study.empirical_prior;

for (const sigma of [15, 75, 150] as const) {
  test(`is nowhere worse than the study's optimiser (L-BFGS-B) at sigma ${sigma}, and often better`, () => {
    const search = new MapSearch(b, prior);
    let better = 0;
    for (const { signals, map } of studyVoxels(sigma)) {
      search.run(signals, 0);
      assert.ok(search.converged);
      assert.ok(search.value <= map.value + 1e-6 * Math.abs(map.value), `${search.value} above ${map.value}`);
      if (search.value < map.value - 1e-6 * Math.abs(map.value)) better++;
    }
    // Counted against 150 random starts per voxel: as many could be better, no more.
    assert.is(better, { 15: 19, 75: 6, 150: 0 }[sigma]);
  });
}

test('its value is the study’s objective at its answer, which obeys 0 <= D <= Dp <= 1 and 0 <= f <= 1', () => {
  const search = new MapSearch(b, prior);
  const posterior = new IvimPosterior(b, prior);
  const signal = fc.double({ min: -0.5, max: 2, noNaN: true });
  fc.assert(
    fc.property(fc.array(signal, { minLength: 7, maxLength: 7 }), (row) => {
      const signals = Float64Array.from(row);
      search.run(signals, 0);
      const { Dp, D, f } = search;
      assert.ok(D >= 0 && D <= Dp && Dp <= 1 && f >= 0 && f <= 1);
      posterior.measure(signals, 0);
      const value = posterior.evaluate(Math.log(Dp), Math.log(Dp / D), Math.log(f / (1 - f)));
      if (f > 1e-6 && f < 1 - 1e-6) assert.ok(Math.abs(value - search.value) < 1e-6 * Math.abs(value));
    }),
    { seed: 12, numRuns: 1000 },
  );
});

test('misses at most 1 in 1,000 fresh voxels that 20 random starts find better', () => {
  const random = generator(13);
  const newton = new BoundedNewton([-30, 0, -30], [0, 30, 30]);
  const posterior = new IvimPosterior(b, prior);
  const search = new MapSearch(b, prior);
  let missed = 0;
  let all = 0;
  for (const sigma of [15, 45, 75, 105, 150]) {
    const { signals } = phantom(sigma, 1000);
    for (let i = 0; i < signals.n; i++) {
      const offset = i * STUDY_B.length + 1;
      search.run(signals.values, offset);
      posterior.measure(signals.values, offset);
      let best = Infinity;
      for (let k = 0; k < 20; k++) {
        newton.x.set([-8 * random(), 8 * random(), 8 * random() - 5]);
        newton.minimise(posterior, 200, signals.values, 0);
        best = Math.min(best, newton.value);
      }
      if (search.value > best + 1e-6 * Math.abs(best)) missed++;
      all++;
    }
  }
  assert.ok(missed <= all / 1000, `missed ${missed} of ${all}`);
});

test('finds the truth of signals without noise', () => {
  const search = new MapSearch(b, prior);
  const { signals, truth } = phantom(0, 300);
  for (let i = 0; i < signals.n; i++) {
    search.run(signals.values, i * 8 + 1);
    assert.ok(Math.abs(search.Dp / truth.Dp[i] - 1) < 1e-4);
    assert.ok(Math.abs(search.D / truth.D[i] - 1) < 1e-4);
    assert.ok(Math.abs(search.f / truth.f[i] - 1) < 1e-4);
  }
});

test('a tight prior far from the data wins only where the data don’t insist', () => {
  const tight = {
    Dp: { median: 0.05, sigma: 0.01 },
    D: { median: 0.001, sigma: 0.01 },
    f: { a: 3e3, b: 7e3 },
  };
  const search = new MapSearch(b, tight);
  const fit = (sigma: number) => {
    const { signals, truth } = phantom(sigma, 200);
    let followed = 0;
    for (let i = 0; i < signals.n; i++) {
      search.run(signals.values, i * 8 + 1);
      if (Math.abs(search.f - 0.3) < 0.02) followed++;
    }
    return followed / truth.n;
  };
  assert.ok(fit(150) > 0.9);
  assert.ok(fit(0) < 0.2);
});

test('standard deviations are those of the curvature, by finite differences of the value', () => {
  const search = new MapSearch(b, prior);
  const [voxel] = studyVoxels(15);
  search.run(voxel.signals, 0);
  search.deviate();
  const at = [search.Dp, search.D, search.f];
  const cost = (Dp: number, D: number, f: number) => {
    const sse = b.reduce((sum, bk, k) => {
      const model = f * Math.exp(-bk * Dp) + (1 - f) * Math.exp(-bk * D);
      return sum + (model - voxel.signals[k]) ** 2;
    }, 0);
    const lognormal = (x: number, { median, sigma }: { median: number; sigma: number }) =>
      Math.exp(-0.5 * (Math.log(x / median) / sigma) ** 2) / (x * sigma * Math.sqrt(2 * Math.PI));
    // The beta density's norm doesn't change with f.
    const beta = f ** (prior.f.a - 1) * (1 - f) ** (prior.f.b - 1);
    return (
      4 * Math.log(sse) - Math.log(lognormal(Dp, prior.Dp)) - Math.log(lognormal(D, prior.D)) - Math.log(beta)
    );
  };
  const steps = at.map((value) => 1e-3 * value);
  const value = (moves: readonly number[]) => {
    const [Dp, D, f] = at.map((x, k) => x + moves[k] * steps[k]);
    return cost(Dp, D, f);
  };
  const second = (i: number, j: number) => {
    const move = (si: number, sj: number) => at.map((_, k) => (k === i ? si : 0) + (k === j ? sj : 0));
    const sum = value(move(1, 1)) - value(move(1, -1)) - value(move(-1, 1)) + value(move(-1, -1));
    return sum / (4 * steps[i] * steps[j]);
  };
  const H = [0, 1, 2].map((i) => [0, 1, 2].map((j) => second(i, j)));
  const minor = (i: number, j: number, k: number, l: number) => H[i][k] * H[j][l] - H[i][l] * H[j][k];
  const determinant = H[0][0] * minor(1, 2, 1, 2) - H[0][1] * minor(1, 2, 0, 2) + H[0][2] * minor(1, 2, 0, 1);
  const sd = [minor(1, 2, 1, 2), minor(0, 2, 0, 2), minor(0, 1, 0, 1)].map((m) => Math.sqrt(m / determinant));
  assert.ok(Math.abs(search.sdDp / sd[0] - 1) < 1e-2, `${search.sdDp} ${sd[0]}`);
  assert.ok(Math.abs(search.sdD / sd[1] - 1) < 1e-2, `${search.sdD} ${sd[1]}`);
  assert.ok(Math.abs(search.sdF / sd[2] - 1) < 1e-2, `${search.sdF} ${sd[2]}`);
});

function phantom(sigma: number, voxels: number) {
  return simulatePhantom({
    bValues: STUDY_B,
    voxels,
    S0: 1500,
    tissue: { Dp: { uniform: [0.01, 0.1] }, D: { uniform: [0.0005, 0.002] }, f: { uniform: [0.1, 0.4] } },
    sigma: { constant: sigma },
    seeds: { parameters: 71, noise: 72 },
  });
}

/** Park and Miller's minimal standard generator. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

test.run();
