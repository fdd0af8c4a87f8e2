import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';
import { allocateEstimates, Status, type Estimates } from '../../src/contracts/voxels.ts';
import map from '../../src/fitters/map.ts';
import { MapSearch } from '../../src/solvers/map-search.ts';
import type { ParameterBounds } from '../../src/solvers/bounds.ts';
import { study, STUDY_B } from '../solvers/study-voxels.ts';
import { studyPhantom } from './study-phantom.ts';

const test = suite('fitters/map: bounds');

const prior = study.empirical_prior;
const b = STUDY_B.slice(1);
const NAMES = ['D', 'f', 'Dp'] as const;
const given = {
  Dp: { median: prior.Dp.median, sigma: prior.Dp.sigma },
  D: { median: prior.D.median, sigma: prior.D.sigma },
  f: { a: prior.f.a, b: prior.f.b },
};

async function estimates(bounds: unknown, sigma: number, n: number): Promise<Estimates> {
  const prepared = await map.prepare(
    { bValues: STUDY_B, seed: 1 },
    map.settings!.parse({ prior: given, ...(bounds === undefined ? {} : { bounds }) }),
  );
  const out = allocateEstimates(n, { sd: true });
  await prepared.fit(studyPhantom(sigma, n).signals, out);
  return out;
}

test('bounds that no estimate reaches change nothing, to the last bit', async () => {
  const wide = { D: [1e-12, 0.9], f: [1e-12, 1], Dp: [1e-9, 0.99] };
  for (const sigma of [15, 75, 150]) {
    const free = await estimates(undefined, sigma, 300);
    const bounded = await estimates(wide, sigma, 300);
    for (const name of NAMES) {
      const reached = free[name].map((x, i) =>
        Number(x <= wide[name][0] || x >= wide[name][1] || bounded.status[i]),
      );
      assert.ok(reached.filter((each) => each > 0).length < 30);
      for (let i = 0; i < 300; i++) if (!reached[i]) assert.is(bounded[name][i], free[name][i]);
    }
  }
});

test('estimates stay inside narrow bounds, in order, and say where they are at one', async () => {
  for (const [word, bounds] of Object.entries({
    broad: { D: [0, 0.005], f: [0, 1], Dp: [0.005, 0.2] },
    brain: { D: [8e-4 / 3, 2.49e-3], f: [0, 0.2292], Dp: [0.01 / 3, 0.03264] },
  })) {
    const out = await estimates(word, 75, 400);
    let atBound = 0;
    for (let i = 0; i < 400; i++) {
      assert.ok(out.Dp[i] >= out.D[i]);
      for (const name of NAMES) {
        const [low, high] = bounds[name];
        assert.ok(out[name][i] >= low * (1 - 1e-12) && out[name][i] <= high * (1 + 1e-12));
      }
      if (out.status[i] === Status.atBound) {
        atBound++;
        assert.ok(Number.isNaN(out.sd!.f[i]));
      } else assert.is(out.status[i], Status.converged);
    }
    assert.ok(word === 'brain' ? atBound > 200 : atBound > 0 && atBound < 100, `${word}: ${atBound}`);
  }
});

/** The study's objective as its paper has it, without any transformation. */
function objective(y: Float64Array, D: number, f: number, Dp: number): number {
  let sse = 1e-20;
  for (let k = 0; k < b.length; k++) {
    sse += (f * Math.exp(-b[k] * Dp) + (1 - f) * Math.exp(-b[k] * D) - y[k]) ** 2;
  }
  const lognormal = (x: number, { median, sigma }: { median: number; sigma: number }) =>
    x > 0 ? Math.exp(-0.5 * (Math.log(x / median) / sigma) ** 2) / (x * sigma * Math.sqrt(2 * Math.PI)) : 0;
  const beta = (f ** (prior.f.a - 1) * (1 - f) ** (prior.f.b - 1)) / BETA;
  return (
    0.5 * (b.length + 1) * Math.log(sse) -
    Math.log(lognormal(Dp, prior.Dp) + 1e-8) -
    Math.log(lognormal(D, prior.D) + 1e-8) -
    Math.log(beta + 1e-8)
  );
}

/** The integral of the density, by the midpoint rule: another way than the program's. */
const BETA = Array.from({ length: 200_000 }, (_, i) => (i + 0.5) / 200_000).reduce(
  (sum, x) => sum + (x ** (prior.f.a - 1) * (1 - x) ** (prior.f.b - 1)) / 200_000,
  0,
);

/** The least value on grids over the bounds, each finer and smaller than the one before, around the four best points of the first. */
function leastOnGrids(y: Float64Array, bounds: ParameterBounds): number {
  const axis = (low: number, high: number, points: number, log: boolean) =>
    Array.from({ length: points }, (_, i) => {
      const share = i / (points - 1);
      return log ? low * (high / low) ** share : low + (high - low) * share;
    });
  const scan = (D: number[], f: number[], Dp: number[]) => {
    const found: { value: number; at: readonly [number, number, number] }[] = [];
    for (const x of D)
      for (const s of Dp)
        if (s >= x) for (const p of f) found.push({ value: objective(y, x, p, s), at: [x, p, s] });
    return found.sort((one, other) => one.value - other.value);
  };
  const positive = ([low, high]: readonly [number, number]): [number, number] => [Math.max(low, 1e-6), high];
  const [D, f, Dp] = [positive(bounds.D), bounds.f, positive(bounds.Dp)];
  let least = Infinity;
  const first = scan(axis(...D, 13, true), axis(...f, 11, false), axis(...Dp, 15, true));
  for (const start of first.slice(0, 4)) {
    let best = start;
    const reach = [(D[1] / D[0]) ** (1 / 12), (f[1] - f[0]) / 10, (Dp[1] / Dp[0]) ** (1 / 14)];
    for (let level = 0; level < 22; level++) {
      const [x, p, s] = best.at;
      const cut = (value: number, [low, high]: readonly [number, number]) =>
        Math.min(high, Math.max(low, value));
      const near = (at: number, by: number, range: readonly [number, number]) => [
        cut(at / by, range),
        at,
        cut(at * by, range),
      ];
      // Dp = D is an edge that steps along the axes do not follow.
      const ds = near(x, reach[0], D);
      const [better] = scan(
        ds,
        [cut(p - reach[1], f), p, cut(p + reach[1], f)],
        [...near(s, reach[2], Dp), ...ds.map((each) => cut(each, Dp))],
      );
      if (better.value < best.value) best = better;
      else {
        reach[0] **= 0.5;
        reach[1] /= 2;
        reach[2] **= 0.5;
      }
    }
    least = Math.min(least, best.value);
  }
  return least;
}

test('its minimum is not above the least value on fine grids within the bounds, for random bounds and signals', () => {
  const range = (least: number, most: number) =>
    fc
      .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.05, max: 1, noNaN: true }))
      .map(([low, width]): [number, number] => {
        const start = least * (most / least) ** (0.9 * low);
        return [start, Math.min(most, start * (most / start) ** width)];
      });
  const { signals } = studyPhantom(75, 60);
  let tried = 0;
  let outside = 0;
  fc.assert(
    fc.property(
      fc.record({ D: range(1e-4, 5e-3), f: range(0.02, 0.9), Dp: range(1e-3, 0.2) }),
      fc.integer({ min: 0, max: 59 }),
      (bounds, voxel) => {
        fc.pre(bounds.D[0] < bounds.Dp[1]);
        const offset = voxel * 8 + 1;
        const y = signals.values.slice(offset, offset + 7);
        const search = new MapSearch(b, prior, bounds);
        search.run(signals.values, offset);
        tried++;
        if (search.atBound) outside++;
        assert.ok(search.converged);
        const value = objective(y, search.D, search.f, search.Dp);
        assert.ok(Math.abs(value - search.value) < 1e-5, `${value} ${search.value}`);
        const least = leastOnGrids(y, bounds);
        assert.ok(search.value <= least + 1e-6, `${search.value} above ${least}`);
      },
    ),
    { seed: 17, numRuns: 60 },
  );
  // Most bounds restrict, or the test would be one of the search without them.
  assert.ok(outside > tried / 2, `${outside} of ${tried}`);
});

test('refuses bounds beyond those of the study’s objective, and those without room for Dp', async () => {
  for (const [bounds, message] of [
    [{ Dp: [0, 2] }, /map: bounds of Dp end at 2/],
    [{ D: [0.1, 0.2], Dp: [0.01, 0.05] }, /Dp must be able to exceed D/],
  ] as const) {
    try {
      await estimates(bounds, 75, 1);
      assert.unreachable('was not refused');
    } catch (error) {
      assert.instance(error, InputError);
      assert.match((error as Error).message, message);
    }
  }
  assert.not.ok(map.settings!.safeParse({ bounds: 'heartwood' }).success);
});

test.run();
