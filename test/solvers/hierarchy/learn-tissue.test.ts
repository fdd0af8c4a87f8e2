import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { simulatePhantom } from '../../../src/data/phantom.ts';
import { QuickRandom } from '../../../src/random/quick-random.ts';
import { KnownNoise } from '../../../src/solvers/hierarchy/known-noise.ts';
import { TissueLearner } from '../../../src/solvers/hierarchy/learn-tissue.ts';
import type { Mixture } from '../../../src/solvers/hierarchy/mixture.ts';

const test = suite('solvers/hierarchy/learn-tissue');
const bValues = Float64Array.of(0, 5, 10, 20, 40, 60, 100, 150, 300, 500, 700, 1000);
const sweeps = { burnIn: 200, kept: 200, draws: 10 };
const no = async () => {};

const logit = (f: number) => Math.log(f / (1 - f));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean and standard deviation of a coordinate under a mixture whose covariances are the inverses of its precisions. */
function momentsOf({ weights, means, precisions }: Mixture, c: number): { mean: number; sd: number } {
  let first = 0;
  let second = 0;
  weights.forEach((weight, k) => {
    const [a, b, d, , e, f, , , i] = precisions.subarray(9 * k, 9 * k + 9);
    const determinant = a * (e * i - f * f) - b * (b * i - f * d) + d * (b * f - e * d);
    const variance = [e * i - f * f, a * i - d * d, a * e - b * b][c] / determinant;
    first += weight * means[3 * k + c];
    second += weight * (variance + means[3 * k + c] ** 2);
  });
  return { mean: first, sd: Math.sqrt(second - first * first) };
}

async function learn(voxels: number, snr: number, kinds: readonly { D: number; f: number; Dp: number }[]) {
  const random = new QuickRandom(4);
  const tissues = Array.from({ length: voxels }, (_, i) => {
    const { D, f, Dp } = kinds[i % kinds.length];
    const around = (value: number, sd: number) => value * Math.exp(sd * random.gaussian());
    return { D: around(D, 0.1), f: around(f, 0.15), Dp: around(Dp, 0.2) };
  });
  const constant = { constant: 0.1 };
  const { signals } = simulatePhantom({
    ...{ bValues, voxels, S0: 1000, sigma: { constant: 1000 / snr }, tissues },
    tissue: { D: constant, f: constant, Dp: constant },
    seeds: { parameters: 1, noise: 2 },
  });
  const mixture = await new TissueLearner(signals, new KnownNoise(bValues), new QuickRandom(5)).run(
    sweeps,
    no,
  );
  return { tissues, mixture };
}

test('with little noise the mixture has the moments of the tissue', async () => {
  const { tissues, mixture } = await learn(300, 300, [{ D: 0.0012, f: 0.2, Dp: 0.03 }]);
  assert.ok(Math.abs(mixture.weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-12);
  for (const [c, values] of [
    tissues.map(({ D }) => Math.log(D)),
    tissues.map(({ f }) => logit(f)),
    tissues.map(({ Dp }) => Math.log(Dp)),
  ].entries()) {
    const expected = mean(values);
    const sd = Math.sqrt(mean(values.map((value) => (value - expected) ** 2)));
    const found = momentsOf(mixture, c);
    // Four standard errors of a mean and of a standard deviation of 300 values.
    assert.ok(
      Math.abs(found.mean - expected) < (4 * sd) / Math.sqrt(300),
      `${c}: mean ${found.mean}, ${expected}`,
    );
    assert.ok(Math.abs(found.sd / sd - 1) < 4 / Math.sqrt(2 * 300), `${c}: sd ${found.sd}, ${sd}`);
  }
});

test('tells two kinds of tissue apart, in their proportions', async () => {
  const [a, b] = [
    { D: 0.0007, f: 0.05, Dp: 0.02 },
    { D: 0.002, f: 0.3, Dp: 0.05 },
  ];
  const { mixture } = await learn(400, 60, [a, b, b, b]);
  const { weights, means } = mixture;
  const isFirst = (k: number) => means[3 * k] < Math.log(Math.sqrt(a.D * b.D));
  const share = weights.reduce((sum, weight, k) => sum + (isFirst(k) ? weight : 0), 0);
  assert.ok(Math.abs(share - 0.25) < 0.06, `${share}`);
  const ofFirst =
    weights.reduce((sum, weight, k) => sum + (isFirst(k) ? weight * means[3 * k] : 0), 0) / share;
  assert.ok(Math.abs(ofFirst - Math.log(a.D)) < 0.05, `${Math.exp(ofFirst)}`);
});

test('is the same for the same seed, and differs for another', async () => {
  const tissue = { D: 0.001, f: 0.2, Dp: 0.03 };
  const { signals } = simulatePhantom({
    ...{ bValues, voxels: 30, S0: 1000, sigma: { constant: 50 } },
    tissue: { D: { constant: tissue.D }, f: { constant: tissue.f }, Dp: { constant: tissue.Dp } },
    seeds: { parameters: 1, noise: 2 },
  });
  const few = { burnIn: 20, kept: 20, draws: 2 };
  const drawn = (seed: number) =>
    new TissueLearner(signals, new KnownNoise(bValues), new QuickRandom(seed)).run(few, no);
  assert.equal(await drawn(1), await drawn(1));
  assert.not.equal(await drawn(1), await drawn(2));
});

test.run();
