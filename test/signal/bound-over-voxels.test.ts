import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allocateEstimates, PARAMETERS } from '../../src/contracts/voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import lsS0 from '../../src/fitters/ls-s0.ts';
import { boundOverVoxels } from '../../src/signal/bound-over-voxels.ts';
import { cramerRao } from '../../src/signal/cramer-rao.ts';
import { invertSymmetric } from '../../src/signal/invert-symmetric.ts';

const test = suite('signal/bound-over-voxels');

const b = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const close = (found: number, known: number, by: number) =>
  assert.ok(Math.abs(found / known - 1) < by, `${found} instead of ${known}`);

const voxel = (D: number, f: number, Dp: number) => ({
  D: Float64Array.of(D),
  f: Float64Array.of(f),
  Dp: Float64Array.of(Dp),
});

test('of one voxel it is that voxel’s bound, S0 unknown: NumPy’s at the study’s protocol', () => {
  const bound = boundOverVoxels(b, voxel(0.001, 0.25, 0.05), 0.02);
  const numpy = { D: 7.79147632633778e-5, f: 0.02463965462076713, Dp: 0.012468344421543815 };
  for (const name of PARAMETERS) {
    close(bound[name].rootMeanSquare, numpy[name], 1e-10);
    close(bound[name].median, numpy[name], 1e-10);
  }
});

test('is the bound of signals divided by their own noisy b=0, whose noise is then in all of them', () => {
  const tissue = fc.record({
    D: fc.double({ min: 2e-4, max: 3e-3, noNaN: true }),
    f: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
    Dp: fc.double({ min: 6e-3, max: 0.15, noNaN: true }),
  });
  fc.assert(
    fc.property(tissue, ({ D, f, Dp }) => {
      const sigma = 0.03;
      const others = [...b.slice(1)];
      const decay = others.map((bk) => f * Math.exp(-bk * Dp) + (1 - f) * Math.exp(-bk * D));
      const slopes = others.map((bk) => [
        -bk * (1 - f) * Math.exp(-bk * D),
        Math.exp(-bk * Dp) - Math.exp(-bk * D),
        -bk * f * Math.exp(-bk * Dp),
      ]);
      const n = others.length;
      const covariance = Float64Array.from({ length: n * n }, (_, at) => {
        const [i, j] = [Math.floor(at / n), at % n];
        return sigma ** 2 * ((i === j ? 1 : 0) + decay[i] * decay[j]);
      });
      const weights = invertSymmetric(covariance, n)!;
      const information = Float64Array.from({ length: 9 }, (_, at) => {
        const [p, q] = [Math.floor(at / 3), at % 3];
        let sum = 0;
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) sum += slopes[i][p] * weights[i * n + j] * slopes[j][q];
        return sum;
      });
      const variances = invertSymmetric(information, 3)!;
      const bound = boundOverVoxels(b, voxel(D, f, Dp), sigma);
      PARAMETERS.forEach((name, p) => close(bound[name].median, Math.sqrt(variances[4 * p]), 1e-6));
    }),
    { seed: 21, numRuns: 50 },
  );
});

test('is reached by least squares with S0 on normalised voxels of many tissues when the noise is small', async () => {
  const sigma = 5e-4;
  const { signals, truth } = simulatePhantom({
    bValues: b,
    voxels: 4000,
    S0: 1,
    tissue: { D: { uniform: [0.0005, 0.002] }, f: { uniform: [0.1, 0.4] }, Dp: { uniform: [0.02, 0.06] } },
    sigma: { constant: sigma },
    seeds: { parameters: 22, noise: 23 },
  });
  const out = allocateEstimates(signals.n);
  const ready = await lsS0.prepare({ bValues: b, seed: 1 }, lsS0.settings!.parse({}));
  await ready.fit(signals, out);
  const bound = boundOverVoxels(b, truth, sigma);
  for (const name of PARAMETERS) {
    const squares = out[name].reduce((sum, x, i) => sum + (x - truth[name][i]) ** 2, 0);
    close(Math.sqrt(squares / signals.n), bound[name].rootMeanSquare, 0.05);
    assert.ok(bound[name].median < bound[name].rootMeanSquare);
  }
});

test('a voxel without perfusion makes the mean infinite, and leaves the median', () => {
  const truth = {
    D: Float64Array.of(0.001, 0.001, 0.001),
    f: Float64Array.of(0.2, 0, 0.3),
    Dp: Float64Array.of(0.05, 0.05, 0.05),
  };
  const bound = boundOverVoxels(b, truth, 0.05);
  assert.is(bound.Dp.rootMeanSquare, Infinity);
  close(bound.Dp.median, cramerRao(b, { S0: 1, D: 0.001, f: 0.2, Dp: 0.05 }, 0.05).Dp, 1e-12);
});

test.run();
