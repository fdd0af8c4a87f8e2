import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { simulatePhantom } from '../../../src/data/phantom.ts';
import { drawProtocol, PROTOCOLS } from '../../../src/fitters/any-protocol-net/draw-protocol.ts';
import { expectedErrors } from '../../../src/fitters/any-protocol-net/expected-errors.ts';
import { LinearEstimator } from '../../../src/fitters/any-protocol-net/linear-estimator.ts';
import { rootShares } from '../../../src/fitters/any-protocol-net/measured-at.ts';
import { INPUTS, ProtocolInputs } from '../../../src/fitters/any-protocol-net/protocol-inputs.ts';
import { FUNCTIONS, PosteriorMode, PriorGrid } from '../../../src/fitters/any-protocol-net/posterior-mode.ts';
import { RicianMoments } from '../../../src/fitters/any-protocol-net/rician-moments.ts';
import { TISSUES } from '../../../src/fitters/any-protocol-net/manifest.ts';
import { Mt19937 } from '../../../src/random/mt19937.ts';
import { biexponential } from '../../../src/signal/biexponential.ts';
import { PosteriorMean } from '../../../src/solvers/posterior-mean.ts';

const test = suite('inputs of any-protocol-net');
const STUDY = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const once = (bValues: Float64Array) => ({ bValues, repeats: bValues.map(() => 1) });
const grid = new PriorGrid(TISSUES.study);
const near = (a: number, b: number, tolerance: number) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

function voxels(bValues: Float64Array, n: number, snr: number) {
  return simulatePhantom({
    bValues,
    voxels: n,
    S0: 1,
    tissue: TISSUES.study,
    sigma: { constant: 1 / snr },
    seeds: { parameters: 1, noise: 2 },
  });
}

test('the moments of a prior are those of its distribution', () => {
  near(grid.D.mean, 0.00125, 1e-12);
  near(grid.f.sd, 0.3 / Math.sqrt(12), 1e-12);
  const body = new PriorGrid(TISSUES.body);
  // Of a normal distribution cut at a and b standard deviations: mean + sd (p(a) - p(b)) / (P(b) - P(a)), p and P the standard
  // normal's density and distribution.
  near(body.f.mean, 0.4 * 0.772421, 1e-3);
  near(body.Dp.middle, -3.747958, 1e-2);
  // Of x uniform in its logarithm from a to b: (b - a) / ln(b / a).
  const flat = new PriorGrid({ ...TISSUES.body, Dp: { logUniform: [0.005, 0.2] } });
  near(flat.Dp.mean, 0.195 / Math.log(40), 1e-6);
  near(flat.Dp.middle, Math.log(0.005 * 0.2) / 2, 1e-9);
});

test('the functions are orthonormal under the prior', () => {
  const { weights, functions } = grid;
  for (let c = 0; c < FUNCTIONS; c++) {
    for (let e = 0; e <= c; e++) {
      const product = weights.reduce(
        (sum, w, m) => sum + w * functions[m * FUNCTIONS + c] * functions[m * FUNCTIONS + e],
        0,
      );
      near(product, c === e ? 1 : 0, 1e-10);
    }
  }
});

test('linear estimates have the errors they are said to have', () => {
  for (const snr of [50, 10]) {
    const { signals, truth } = voxels(STUDY, 4000, snr);
    const linear = new LinearEstimator(once(STUDY), grid);
    const squares = [0, 0, 0];
    let said = [0, 0, 0];
    for (let i = 0; i < signals.n; i++) {
      linear.estimate(signals.values, i * STUDY.length, signals.sigma![i]);
      (['D', 'f', 'Dp'] as const).forEach((name, j) => {
        const { mean, sd } = grid[name];
        squares[j] += (linear.estimates[j] - (truth[name][i] - mean) / sd) ** 2 / signals.n;
      });
      said = said.map((sum, j) => sum + linear.errorAt(j, linear.noise) / signals.n);
    }
    // Rician noise has a bias that the estimates know nothing of.
    squares.forEach((square, j) => near(Math.sqrt(square / said[j]), 1, snr === 50 ? 0.03 : 0.08));
  }
});

test('expected errors are about those of the posterior mean', () => {
  const noises = Float64Array.of(0.01, 0.02, 0.05, 0.1).map((sigma) => sigma / Math.sqrt(8 * 0.42));
  const expected = expectedErrors(once(STUDY), grid, noises);
  const posterior = new PosteriorMean(STUDY, TISSUES.study);
  [100, 50, 20, 10].forEach((snr, t) => {
    const { signals, truth } = voxels(STUDY, 1000, snr);
    const squares = [0, 0, 0];
    for (let i = 0; i < signals.n; i++) {
      posterior.integrate(signals.values, i * STUDY.length, signals.sigma![i]);
      (['D', 'f', 'Dp'] as const).forEach((name, j) => {
        squares[j] += ((posterior[name] - truth[name][i]) / grid[name].sd) ** 2 / signals.n;
      });
    }
    squares.forEach((square, j) => near(expected[3 * t + j] / Math.sqrt(square), 1, 0.15));
  });
});

test('where there is next to no noise the mode is the truth', () => {
  const random = new Mt19937(5);
  const mode = new PosteriorMode(STUDY, rootShares(once(STUDY)), grid);
  for (let i = 0; i < 200; i++) {
    const D = 0.0005 + 0.0015 * random.uniform();
    const f = 0.1 + 0.3 * random.uniform();
    const Dp = 0.01 + 0.09 * random.uniform();
    const signals = STUDY.map((b) => biexponential(b, D, f, Dp));
    const norm = Math.sqrt(signals.reduce((sum, x) => sum + x * x, 0) / STUDY.length);
    mode.find(signals, 0, norm, 1e-6, Float64Array.of(D * 1.1, f * 0.95, Dp * 1.1));
    near(mode.value[0] / D, 1, 1e-4);
    near(mode.value[1] / f, 1, 1e-3);
    near(mode.value[2] / Dp, 1, 1e-3);
  }
});

function inputsOf(
  bValues: readonly number[],
  repeats: readonly number[],
  signals: readonly number[],
  sigma: number,
) {
  const measured = { bValues: Float64Array.from(bValues), repeats: Float64Array.from(repeats) };
  const inputs = new ProtocolInputs(measured, grid);
  const row = new Float64Array(INPUTS);
  inputs.write(Float64Array.from(signals), 0, sigma, row, 0);
  return { row, centre: inputs.centre, scale: inputs.scale, isStrange: inputs.isStrange };
}

const some = [...STUDY].map((b, k) => biexponential(b, 0.0011, 0.22, 0.04) + 0.01 * Math.sin(7 * k));

function same(a: ReturnType<typeof inputsOf>, b: ReturnType<typeof inputsOf>, tolerance = 1e-8) {
  a.row.forEach((x, k) => near(x, b.row[k], tolerance * Math.max(1, Math.abs(x))));
  a.centre.forEach((x, j) => near(x, b.centre[j], tolerance * x));
  a.scale.forEach((x, j) => near(x, b.scale[j], tolerance * x));
}

test('the order of b-values makes no difference', () => {
  const order = [3, 0, 7, 5, 1, 6, 2, 4];
  const pick = <T>(list: readonly T[]) => order.map((k) => list[k]);
  const repeats = [1, 2, 1, 3, 1, 1, 4, 2];
  same(
    inputsOf([...STUDY], repeats, some, 0.02),
    inputsOf(pick([...STUDY]), pick(repeats), pick(some), 0.02),
  );
});

test('a b-value measured twice may stand there once or twice', () => {
  const twice = [...STUDY.slice(0, 4), 60, ...STUDY.slice(4)];
  const signals = [...some.slice(0, 4), some[3], ...some.slice(4)];
  same(
    inputsOf([...STUDY], [1, 1, 1, 2, 1, 1, 1, 1], some, 0.02),
    inputsOf(
      twice,
      twice.map(() => 1),
      signals,
      0.02,
    ),
  );
});

test('the unit of signals and noise makes no difference', () => {
  const ones = some.map(() => 1);
  const thousandfold = some.map((x) => 1000 * x);
  same(inputsOf([...STUDY], ones, some, 0.02), inputsOf([...STUDY], ones, thousandfold, 20));
});

test('signals of no tissue are marked, and give finite inputs', () => {
  const ones = some.map(() => 1);
  assert.not(inputsOf([...STUDY], ones, some, 0.02).isStrange);
  for (const signals of [some.map((_, k) => 1 + k), some.map((_, k) => (k === 0 ? 1 : -0.3))]) {
    const { row, isStrange } = inputsOf([...STUDY], ones, signals, 0.003);
    assert.ok(isStrange);
    assert.ok(row.every(Number.isFinite), row.join(' '));
  }
});

test('random protocols are in the range that is allowed', () => {
  const random = new Mt19937(9);
  let plain = 0;
  for (let i = 0; i < 2000; i++) {
    const { bValues, repeats } = drawProtocol(random);
    const n = bValues.length - 1;
    assert.ok(n >= PROTOCOLS.fewest && n <= PROTOCOLS.most);
    assert.is(bValues[0], 0);
    assert.ok(bValues[1] <= PROTOCOLS.smallest);
    assert.ok(bValues[n] >= PROTOCOLS.largest[0] && bValues[n] <= PROTOCOLS.largest[1]);
    for (let k = 1; k <= n; k++) assert.ok(bValues[k] >= bValues[k - 1]);
    assert.ok(repeats.every((count) => Number.isInteger(count) && count >= 1));
    if (repeats.every((count) => count === 1)) plain++;
  }
  assert.ok(plain > 1000 && plain < 1500, `${plain} with each b-value once`);
});

test('moments of Rician noise', () => {
  const moments = new RicianMoments();
  moments.at(0);
  // Rayleigh: sqrt(pi / 2) and 2 - pi / 2.
  near(moments.mean, Math.sqrt(Math.PI / 2), 1e-12);
  near(moments.variance, 2 - Math.PI / 2, 1e-12);
  const random = new Mt19937(4);
  for (const t of [0.51, 1.03, 2.77, 8.01, 25.3]) {
    let [sum, square] = [0, 0];
    const n = 200_000;
    for (let i = 0; i < n; i++) {
      const m = Math.hypot(t + random.gaussian(), random.gaussian());
      sum += m / n;
      square += (m * m) / n;
    }
    moments.at(t);
    near(moments.mean, sum, 0.008);
    near(moments.variance, square - sum * sum, 0.015);
  }
});

test.run();
