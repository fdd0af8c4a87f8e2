import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { simulatePhantom } from '../../src/data/phantom.ts';
import type { PhantomSettings } from '../../src/data/phantom.ts';

interface Study {
  readonly protocol: { readonly b_values: number[]; readonly sigma: number[] };
  readonly datasets: Record<
    string,
    Record<'sumX' | 'sumX2' | 'sumDp' | 'sumD' | 'sumf', number> & Record<'first' | 'last', number[]>
  >;
}
/** Checksums of the study's voxels, made with its own Python code. */
const study = JSON.parse(
  readFileSync(new URL('../fixtures/phantom-study.json', import.meta.url), 'utf8'),
) as Study;

const settings: PhantomSettings = {
  bValues: Float64Array.from(study.protocol.b_values),
  voxels: 10_000,
  S0: 1500,
  tissue: { Dp: { uniform: [0.01, 0.1] }, D: { uniform: [0.0005, 0.002] }, f: { uniform: [0.1, 0.4] } },
  sigma: { constant: 15 },
  seeds: { parameters: 133, noise: 466 },
};

const test = suite('data/phantom');

for (const sigma of study.protocol.sigma) {
  test(`repeats the study's 10,000 voxels at sigma ${sigma} to 1e-12`, () => {
    const { signals, truth } = simulatePhantom({ ...settings, sigma: { constant: sigma } });
    const expected = study.datasets[sigma];
    const withoutB0 = signals.values.filter((_, at) => at % 8 !== 0);
    const close = (found: number, known: number) =>
      assert.ok(Math.abs(found / known - 1) < 1e-12, `${found} ${known}`);
    close(sum(withoutB0), expected.sumX);
    close(sum(withoutB0.map((x) => x * x)), expected.sumX2);
    close(sum(truth.Dp), expected.sumDp);
    close(sum(truth.D), expected.sumD);
    close(sum(truth.f), expected.sumf);
    expected.first.forEach((value, k) => close(signals.values[1 + k], value));
    expected.last.forEach((value, k) => close(signals.values[9999 * 8 + 1 + k], value));
  });
}

test('divides each voxel by its own b=0 and keeps scale and noise in step', () => {
  const { signals } = simulatePhantom({ ...settings, voxels: 500, sigma: { uniform: [0, 165] } });
  for (let i = 0; i < signals.n; i++) {
    assert.is(signals.values[i * 8], 1);
    const sigma = signals.sigma![i] * signals.scale[i];
    assert.ok(sigma >= 0 && sigma <= 165);
  }
});

test('a measurement more at b=0 changes what the others are divided by, one more above it is a column', () => {
  const of = (...bValues: number[]) =>
    simulatePhantom({
      ...settings,
      bValues: Float64Array.from(bValues),
      voxels: 4000,
      sigma: { constant: 75 },
    }).signals;
  const often = of(0, 0, 0, 0, 50, 50, 800, 1000);
  assert.equal([...often.bValues], [0, 50, 50, 800, 1000]);
  assert.ok(often.values.every((value, at) => at % 5 !== 0 || value === 1));
  assert.ok(often.values.some((value, at) => at % 5 === 1 && value !== often.values[at + 1]));
  // Four times as many halve the standard deviation of the mean, which is 75 / 1500 for one; its error is about 1 %.
  const spread = ({ scale, n }: typeof often) =>
    Math.sqrt(scale.reduce((sum, b0) => sum + (b0 / 1500 - 1) ** 2, 0) / n);
  assert.ok(Math.abs(spread(of(0, 50, 800, 1000)) / 0.05 - 1) < 0.04);
  assert.ok(Math.abs(spread(often) / 0.025 - 1) < 0.04);
});

test('gives the noiseless decay where sigma is 0', () => {
  const { signals, truth } = simulatePhantom({ ...settings, voxels: 100, sigma: { constant: 0 } });
  for (let i = 0; i < 100; i++) {
    for (let k = 0; k < 8; k++) {
      const b = signals.bValues[k];
      const s = truth.f[i] * Math.exp(-b * truth.Dp[i]) + (1 - truth.f[i]) * Math.exp(-b * truth.D[i]);
      assert.ok(Math.abs(signals.values[i * 8 + k] - s) < 1e-14);
    }
  }
});

test('has the noise of its SNR: the spread of b=0 over many voxels', () => {
  const { signals } = simulatePhantom({ ...settings, voxels: 20_000, sigma: { constant: 75 } });
  const mean = sum(signals.scale) / signals.n;
  const sd = Math.sqrt(sum(signals.scale.map((x) => (x - mean) ** 2)) / (signals.n - 1));
  // Rician mean and spread at SNR 20 (Gudbjartsson and Patz 1995): sqrt(S0² + sigma²) and nearly sigma.
  assert.ok(Math.abs(mean - Math.hypot(1500, 75)) < 3);
  assert.ok(Math.abs(sd / 75 - 1) < 0.03);
});

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

test('given tissues come in turn, under the noise that draws would have', () => {
  const tissues = [
    { D: 0.001, f: 0.1, Dp: 0.02 },
    { D: 0.002, f: 0.3, Dp: 0.05 },
    { D: 0.0005, f: 0.2, Dp: 0.1 },
  ];
  const { truth, signals } = simulatePhantom({ ...settings, voxels: 7, tissues, sigma: { constant: 0 } });
  assert.equal([...truth.D], [0.001, 0.002, 0.0005, 0.001, 0.002, 0.0005, 0.001]);
  assert.equal([...truth.Dp.subarray(0, 3)], [0.02, 0.05, 0.1]);
  assert.ok(Math.abs(signals.values[8 + 7] - 0.7 * Math.exp(-2)) < 1e-12);
  const noise = (given: object) => simulatePhantom({ ...settings, ...given, voxels: 5 }).signals.scale;
  const drawn = noise({});
  noise({ tissues }).forEach((b0, i) => assert.ok(Math.abs(b0 / drawn[i] - 1) < 1e-12));
});

test.run();
