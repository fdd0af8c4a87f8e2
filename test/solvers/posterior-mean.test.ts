import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TissuePrior } from '../../src/contracts/fitter.ts';
import { BesselI } from '../../src/solvers/bessel-i.ts';
import { gaussLegendre } from '../../src/solvers/quadrature.ts';
import { PosteriorMean } from '../../src/solvers/posterior-mean.ts';
import { STUDY_TISSUE, studyPhantom } from '../fitters/study-phantom.ts';
import { STUDY_B } from './study-voxels.ts';

const test = suite('solvers/posterior-mean');

interface Moments {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/** A fixed product rule over intervals of (Dp, D, f), with the log-likelihood as phantom-study.json defines it. */
function productRule(
  intervals: readonly (readonly [number, number])[],
  nodes: readonly number[],
  density: (Dp: number, D: number, f: number) => number,
): (signals: Float64Array, sigma: number) => Moments {
  const [axisDp, axisD, axisF] = intervals.map(([low, high], k) => {
    const rule = gaussLegendre(nodes[k]);
    return { values: rule.nodes.map((x) => (low + high + x * (high - low)) / 2), weights: rule.weights };
  });
  const u = [...axisDp.values].map((rate) => STUDY_B.map((b) => Math.exp(-b * rate)));
  const v = [...axisD.values].map((rate) => STUDY_B.map((b) => Math.exp(-b * rate)));
  return (signals, sigma) => {
    let xx = 0;
    for (const x of signals) xx += x * x;
    const sums = new Float64Array(7);
    for (const [i, Dp] of axisDp.values.entries()) {
      for (const [j, D] of axisD.values.entries()) {
        for (const [k, f] of axisF.values.entries()) {
          let xs = 0;
          let ss = 0;
          for (let n = 0; n < signals.length; n++) {
            const s = f * u[i][n] + (1 - f) * v[j][n];
            xs += signals[n] * s;
            ss += s * s;
          }
          const log = ((xs * xs) / ss - xx) / (2 * sigma * sigma) - 0.5 * Math.log(ss);
          if (log < -40) continue;
          const w =
            Math.exp(log) * axisDp.weights[i] * axisD.weights[j] * axisF.weights[k] * density(Dp, D, f);
          sums[0] += w;
          sums[1] += w * Dp;
          sums[2] += w * D;
          sums[3] += w * f;
          sums[4] += w * Dp * Dp;
          sums[5] += w * D * D;
          sums[6] += w * f * f;
        }
      }
    }
    const mean = [1, 2, 3].map((m) => sums[m] / sums[0]);
    return { mean, sd: mean.map((value, m) => Math.sqrt(sums[4 + m] / sums[0] - value * value)) };
  };
}

/** Largest distance from the known means, in known standard deviations, and of the deviations' ratio from 1. */
function compare(found: PosteriorMean, known: Moments): number {
  const mean = [found.Dp, found.D, found.f];
  const sd = [found.sdDp, found.sdD, found.sdF];
  const distances = mean.map((value, k) => Math.abs(value - known.mean[k]) / known.sd[k]);
  return Math.max(...distances, ...sd.map((value, k) => Math.abs(value / known.sd[k] - 1)));
}

test('is the study’s 40 x 44 x 32 quadrature to a twentieth of a standard deviation, voxel by voxel', () => {
  const intervals = [
    [0.01, 0.1],
    [0.0005, 0.002],
    [0.1, 0.4],
  ] as const;
  const reference = productRule(intervals, [40, 44, 32], () => 1);
  const posterior = new PosteriorMean(STUDY_B, STUDY_TISSUE);
  for (const [sigma, most] of [
    [15, 0.05],
    [45, 0.05],
    [150, 0.005],
  ] as const) {
    const { signals } = studyPhantom(sigma, 30);
    for (let i = 0; i < signals.n; i++) {
      const row = signals.values.slice(8 * i, 8 * i + 8);
      posterior.integrate(signals.values, 8 * i, signals.sigma![i]);
      const distance = compare(posterior, reference(row, signals.sigma![i]));
      assert.ok(distance < most, `sigma ${sigma}, voxel ${i}: ${distance}`);
    }
  }
});

test('weighs with normal and log-uniform priors, by a product rule of 60 x 60 x 48', () => {
  const priors: readonly {
    readonly prior: TissuePrior;
    readonly intervals: readonly (readonly [number, number])[];
    readonly density: (Dp: number, D: number, f: number) => number;
  }[] = [
    {
      prior: {
        Dp: { normal: { mean: 0.06, sd: 0.01 } },
        D: { normal: { mean: 0.0011, sd: 0.0001 } },
        f: { normal: { mean: 0.25, sd: 0.04 } },
      },
      intervals: [
        [0, 0.12],
        [0.0005, 0.0017],
        [0.01, 0.49],
      ],
      density: (Dp, D, f) =>
        Math.exp(
          -0.5 * (((Dp - 0.06) / 0.01) ** 2 + ((D - 0.0011) / 0.0001) ** 2 + ((f - 0.25) / 0.04) ** 2),
        ),
    },
    {
      prior: {
        Dp: { logUniform: [0.01, 0.2] },
        D: { logUniform: [0.0004, 0.0025] },
        f: { logUniform: [0.05, 0.6] },
      },
      intervals: [
        [0.01, 0.2],
        [0.0004, 0.0025],
        [0.05, 0.6],
      ],
      density: (Dp, D, f) => 1 / (Dp * D * f),
    },
    {
      prior: {
        Dp: { logNormal: { median: 0.02, sd: 1, within: [0.005, 0.5] } },
        D: { uniform: [0.0001, 0.003] },
        f: { normal: { mean: 0, sd: 0.4 } },
      },
      intervals: [
        [0.005, 0.5],
        [0.0001, 0.003],
        [0, 1],
      ],
      density: (Dp, _, f) => Math.exp(-0.5 * (Math.log(Dp / 0.02) ** 2 + (f / 0.4) ** 2)) / Dp,
    },
    {
      prior: {
        Dp: { uniform: [0.01, 0.1] },
        D: { logNormal: { median: 0.001, sd: 0.3, within: [0.0004, 0.0025] } },
        f: { logNormal: { median: 0.2, sd: 0.4, within: [0.05, 0.6] } },
      },
      intervals: [
        [0.01, 0.1],
        [0.0004, 0.0025],
        [0.05, 0.6],
      ],
      density: (_, D, f) =>
        Math.exp(-0.5 * ((Math.log(D / 0.001) / 0.3) ** 2 + (Math.log(f / 0.2) / 0.4) ** 2)) / (D * f),
    },
  ];
  for (const { prior, intervals, density } of priors) {
    const reference = productRule(intervals, [60, 60, 48], density);
    const posterior = new PosteriorMean(STUDY_B, prior);
    const { signals } = studyPhantom(75, 6);
    for (let i = 0; i < signals.n; i++) {
      posterior.integrate(signals.values, 8 * i, signals.sigma![i]);
      const known = reference(signals.values.slice(8 * i, 8 * i + 8), signals.sigma![i]);
      assert.ok(
        compare(posterior, known) < 0.05,
        `${JSON.stringify(prior)}, voxel ${i}: ${compare(posterior, known)}`,
      );
    }
  }
});

const tissue = fc.record({
  Dp: fc.double({ min: 0.012, max: 0.095, noNaN: true }),
  D: fc.double({ min: 0.0006, max: 0.0019, noNaN: true }),
  f: fc.double({ min: 0.12, max: 0.38, noNaN: true }),
});

test('closes in on the truth as the noise goes to nothing, under priors narrow and wide', () => {
  const wide: TissuePrior = {
    Dp: { logUniform: [0.005, 0.3] },
    D: { logUniform: [1e-4, 0.004] },
    f: { uniform: [0, 0.8] },
  };
  for (const prior of [STUDY_TISSUE, wide]) {
    const posterior = new PosteriorMean(STUDY_B, prior);
    fc.assert(
      fc.property(tissue, fc.constantFrom(0, 1e-4, 1e-3), ({ Dp, D, f }, sigma) => {
        const signals = STUDY_B.map((b) => 800 * (f * Math.exp(-b * Dp) + (1 - f) * Math.exp(-b * D)));
        posterior.integrate(signals, 0, 800 * sigma);
        // The posterior is not quite symmetric: a quarter of a standard deviation is its skewness and more.
        assert.ok(Math.abs(posterior.Dp - Dp) < 0.25 * posterior.sdDp);
        assert.ok(Math.abs(posterior.D - D) < 0.25 * posterior.sdD);
        assert.ok(Math.abs(posterior.f - f) < 0.25 * posterior.sdF);
        assert.ok(Math.abs(posterior.S0 - 800) < 800 * sigma + 0.01);
      }),
      { seed: 17, numRuns: 150 },
    );
  }
});

test('stays inside the prior whatever the signals, and in the unit of the signals', () => {
  const posterior = new PosteriorMean(STUDY_B, STUDY_TISSUE);
  const signal = fc.double({ min: -1, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(signal, { minLength: 8, maxLength: 8 }),
      fc.double({ min: 0.005, max: 1, noNaN: true }),
      (row, sigma) => {
        posterior.integrate(Float64Array.from(row), 0, sigma);
        const { Dp, D, f, S0 } = posterior;
        assert.ok(
          Dp >= 0.01 && Dp <= 0.1 && D >= 0.0005 && D <= 0.002 && f >= 0.1 - 1e-12 && f <= 0.4 + 1e-12,
        );
        posterior.integrate(
          Float64Array.from(row, (x) => 256 * x),
          0,
          256 * sigma,
        );
        assert.ok(Math.abs(posterior.D - D) < 1e-9 * D);
        assert.ok(Math.abs(posterior.S0 - 256 * S0) <= 256e-9 * Math.abs(S0));
      },
    ),
    { seed: 18, numRuns: 500 },
  );
});

/** Product rule over (Dp, D, f, S0) with the Rician density itself, S0 between the Gaussian best value ± 7 deviations. */
function ricianRule(signals: Float64Array, sigma: number): Moments {
  const axis = (low: number, high: number, count: number) => {
    const { nodes, weights } = gaussLegendre(count);
    return { values: nodes.map((x) => (low + high + x * (high - low)) / 2), weights };
  };
  const [axisDp, axisD, axisF] = [axis(0.01, 0.1, 24), axis(0.0005, 0.002, 28), axis(0.1, 0.4, 20)];
  const overS0 = gaussLegendre(16);
  const bessel = new BesselI();
  const sums = new Float64Array(7);
  const s = new Float64Array(8);
  const xx = signals.reduce((sum, x) => sum + x * x, 0);
  for (const [i, Dp] of axisDp.values.entries()) {
    for (const [j, D] of axisD.values.entries()) {
      for (const [k, f] of axisF.values.entries()) {
        STUDY_B.forEach((b, n) => (s[n] = f * Math.exp(-b * Dp) + (1 - f) * Math.exp(-b * D)));
        const ss = s.reduce((sum, x) => sum + x * x, 0);
        const xs = s.reduce((sum, x, n) => sum + x * signals[n], 0);
        if (((xs * xs) / ss - xx) / (2 * sigma * sigma) < -25) continue;
        const low = Math.max(0, xs / ss - (7 * sigma) / Math.sqrt(ss));
        const high = xs / ss + (7 * sigma) / Math.sqrt(ss);
        for (let h = 0; h < 16; h++) {
          const S0 = (low + high + overS0.nodes[h] * (high - low)) / 2;
          let log = 0;
          for (let n = 0; n < 8; n++) {
            bessel.at((signals[n] * S0 * s[n]) / sigma ** 2);
            log += bessel.logScaled - (signals[n] - S0 * s[n]) ** 2 / (2 * sigma * sigma);
          }
          const w =
            Math.exp(log) *
            axisDp.weights[i] *
            axisD.weights[j] *
            axisF.weights[k] *
            overS0.weights[h] *
            (high - low);
          [1, Dp, D, f, Dp * Dp, D * D, f * f].forEach((value, m) => (sums[m] += w * value));
        }
      }
    }
  }
  const mean = [1, 2, 3].map((m) => sums[m] / sums[0]);
  return { mean, sd: mean.map((value, m) => Math.sqrt(sums[4 + m] / sums[0] - value * value)) };
}

test('under Rician noise is a brute-force quadrature of its density over all four parameters', () => {
  const rician = new PosteriorMean(STUDY_B, STUDY_TISSUE, 'rician');
  const gaussian = new PosteriorMean(STUDY_B, STUDY_TISSUE);
  let apart = 0;
  for (const sigma of [150, 300]) {
    const { signals } = studyPhantom(sigma, 3);
    for (let i = 0; i < signals.n; i++) {
      const known = ricianRule(signals.values.slice(8 * i, 8 * i + 8), signals.sigma![i]);
      rician.integrate(signals.values, 8 * i, signals.sigma![i]);
      assert.ok(compare(rician, known) < 0.01, `sigma ${sigma}, voxel ${i}: ${compare(rician, known)}`);
      gaussian.integrate(signals.values, 8 * i, signals.sigma![i]);
      apart = Math.max(apart, compare(gaussian, known));
    }
  }
  assert.ok(apart > 0.1, 'noise high enough for the two likelihoods to differ');
});

test('Rician and Gaussian noise tell the same where signals stand far above it', () => {
  const rician = new PosteriorMean(STUDY_B, STUDY_TISSUE, 'rician');
  const gaussian = new PosteriorMean(STUDY_B, STUDY_TISSUE);
  const { signals } = studyPhantom(1.5, 50);
  for (let i = 0; i < signals.n; i++) {
    rician.integrate(signals.values, 8 * i, signals.sigma![i]);
    gaussian.integrate(signals.values, 8 * i, signals.sigma![i]);
    const { Dp, D, f, sdDp, sdD, sdF } = gaussian;
    const known = { mean: [Dp, D, f], sd: [sdDp, sdD, sdF] };
    assert.ok(compare(rician, known) < 0.02, `voxel ${i}: ${compare(rician, known)}`);
  }
});

test('a constant prior is an answer, and the others are integrated around it', () => {
  const prior: TissuePrior = {
    Dp: { constant: 0.05 },
    D: { uniform: [0.0005, 0.002] },
    f: { constant: 0.25 },
  };
  const posterior = new PosteriorMean(STUDY_B, prior);
  const signals = STUDY_B.map((b) => 0.25 * Math.exp(-b * 0.05) + 0.75 * Math.exp(-b * 0.001));
  posterior.integrate(signals, 0, 0.01);
  assert.ok(Math.abs(posterior.Dp - 0.05) < 1e-15 && Math.abs(posterior.f - 0.25) < 1e-15);
  assert.ok(posterior.sdDp < 1e-8 && posterior.sdF < 1e-7 && posterior.sdD > 0);
  assert.ok(Math.abs(posterior.D - 0.001) < 0.2 * posterior.sdD);
});

test.run();
