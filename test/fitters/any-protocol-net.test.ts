import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FitTask, TissuePrior } from '../../src/contracts/fitter.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import {
  allocateEstimates,
  PARAMETERS,
  QUANTILE_LEVELS,
  Status,
  type Estimates,
  type LabelledSignals,
} from '../../src/contracts/voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import anyProtocolNet from '../../src/fitters/any-protocol-net.ts';
import { drawProtocol } from '../../src/fitters/any-protocol-net/draw-protocol.ts';
import { manifest, TISSUES } from '../../src/fitters/any-protocol-net/manifest.ts';
import { initialWeights } from '../../src/nets/initialise.ts';
import { packNetwork, unpackNetwork } from '../../src/nets/model-files.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { PosteriorMean } from '../../src/solvers/posterior-mean.ts';
import { osipiTissues } from './osipi-tissues.ts';

const test = suite('any-protocol-net');
const STUDY = [0, 10, 20, 60, 150, 300, 500, 1000];
const KAANDORP = [0, 5, 10, 20, 30, 40, 60, 150, 300, 500, 700];
const OSIPI = [0, 1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 250, 350, 400, 550, 700, 850, 1000];
const LEVELS = QUANTILE_LEVELS.length;

const settings = (given: Record<string, unknown> = {}) => anyProtocolNet.settings!.parse(given);

function voxels(bValues: readonly number[], n: number, snr: number, tissue: TissuePrior): LabelledSignals {
  return simulatePhantom({
    bValues: Float64Array.from(bValues),
    voxels: n,
    S0: 1000,
    tissue,
    sigma: { constant: 1000 / snr },
    seeds: { parameters: 21, noise: 22 },
  });
}

async function prepared(
  bValues: readonly number[],
  given: Record<string, unknown> = {},
  task: Partial<FitTask> = {},
) {
  return anyProtocolNet.prepare({ bValues: Float64Array.from(bValues), seed: 1, ...task }, settings(given));
}

async function fitted(
  bValues: readonly number[],
  given: Record<string, unknown>,
  { signals }: LabelledSignals,
) {
  const out = allocateEstimates(signals.n, { sd: true, quantiles: true });
  await (await prepared(bValues, given)).fit(signals, out);
  return out;
}

/** Protocols that no training saw: its seeds are derived from other axes, and b-values drawn are no whole numbers. */
function unseen(): number[][] {
  const random = new QuickRandom(77);
  const found: number[][] = [];
  while (found.length < 2) {
    const { bValues, repeats } = drawProtocol(random);
    const plain = repeats.every((count) => count === 1) && bValues[bValues.length - 1] < 1600;
    if (plain && bValues.length >= 6 && bValues.length <= 16) found.push([...bValues]);
  }
  return found;
}

for (const [prior, most] of [
  ['study', { 100: 1.05, 50: 1.03, 10: 1.02 }],
  ['body', { 100: 1.1, 20: 1.03 }],
] as const) {
  test(`the network for ${prior} is as good as the posterior mean, and as sure as it says`, async () => {
    const n = 1500;
    const tissue = TISSUES[prior];
    for (const bValues of [STUDY, KAANDORP, OSIPI, ...unseen()]) {
      const posterior = new PosteriorMean(Float64Array.from(bValues), tissue);
      for (const [snr, allowed] of Object.entries(most)) {
        const { signals, truth } = voxels(bValues, n, Number(snr), tissue);
        const out = await fitted(bValues, { prior }, { signals, truth });
        const best = { D: 0, f: 0, Dp: 0 };
        for (let i = 0; i < n; i++) {
          posterior.integrate(signals.values, i * bValues.length, signals.sigma![i]);
          for (const name of PARAMETERS) best[name] += (posterior[name] - truth[name][i]) ** 2;
        }
        for (const name of PARAMETERS) {
          const where = `${name} at SNR ${snr}, b ${bValues.map(Math.round).join(' ')}`;
          const error = out[name].reduce((sum, x, i) => sum + (x - truth[name][i]) ** 2, 0);
          const ratio = Math.sqrt(error / best[name]);
          assert.ok(ratio < allowed, `${where}: ${ratio} of the posterior mean's RMSE`);
          assert.ok(Math.abs(coverage(out, truth[name], name) - 0.95) < 0.03, `${where}: coverage`);
        }
      }
    }
  });
}

function coverage(out: Estimates, truth: Float64Array, name: 'D' | 'f' | 'Dp'): number {
  const quantiles = out.quantiles![name];
  const inside = truth.filter((x, i) => x >= quantiles[i * LEVELS] && x <= quantiles[(i + 1) * LEVELS - 1]);
  return inside.length / truth.length;
}

test('half of the tissue of `body` has f inside the 50 % interval, and few of it are below the lowest quantile', async () => {
  const n = 2000;
  const snrs = [10, 20, 50, 100];
  const protocols = [STUDY, KAANDORP, OSIPI, ...unseen()];
  const all = [0, 0];
  for (const bValues of protocols) {
    for (const snr of snrs) {
      const { signals, truth } = voxels(bValues, n, snr, TISSUES.body);
      const { quantiles } = await fitted(bValues, {}, { signals, truth });
      const below = (level: number) => {
        const place = QUANTILE_LEVELS.indexOf(level as (typeof QUANTILE_LEVELS)[number]);
        return truth.f.filter((f, i) => f <= quantiles!.f[i * LEVELS + place]).length / n;
      };
      const half = below(0.75) - below(0.25);
      // Three standard deviations of a share of 2,000, and 1.5 % for what the network misses under one protocol.
      assert.ok(Math.abs(half - 0.5) < 0.049, `SNR ${snr}, b ${bValues.map(Math.round).join(' ')}: ${half}`);
      all[0] += half / (protocols.length * snrs.length);
      all[1] += below(0.025) / (protocols.length * snrs.length);
    }
  }
  // Four standard deviations of a share of 40,000, of which groups share their tissue. Without mending: 0.481 and 0.035.
  assert.ok(Math.abs(all[0] - 0.5) < 0.01, `50 % interval: ${all[0]}`);
  assert.ok(Math.abs(all[1] - 0.025) < 0.006, `2.5 % quantile: ${all[1]}`);
});

/** Tissue that is the same in every voxel. */
const alike = (D: number, f: number, Dp: number): TissuePrior => ({
  D: { constant: D },
  f: { constant: f },
  Dp: { constant: Dp },
});

test('`body` has tissue with f = 0.8 and with Dp = 0.3 mm²/s inside its prior', async () => {
  for (const [D, f, Dp] of [
    [0.0012, 0.8, 0.05],
    [0.0012, 0.3, 0.3],
  ]) {
    const { signals, truth } = voxels(STUDY, 1000, 50, alike(D, f, Dp));
    const out = await fitted(STUDY, {}, { signals, truth });
    const converged = out.status.filter((status) => status === Status.converged).length;
    assert.ok(converged >= 990, `f ${f}, Dp ${Dp}: ${converged} of 1000 converged`);
    const mean = out.f.reduce((sum, value) => sum + value, 0) / out.n;
    assert.ok(Math.abs(mean / f - 1) < 0.05, `f ${f}, Dp ${Dp}: mean of f ${mean}`);
    for (const name of PARAMETERS) {
      const held = coverage(out, truth[name], name);
      assert.ok(held > 0.9, `f ${f}, Dp ${Dp}: ${name} in the interval in ${held}`);
    }
  }
});

test('region means of OSIPI’s tissues are off by less than with a flat prior', async () => {
  const { truth: tissues } = osipiTissues();
  const off = { f: 0, Dp: 0 };
  for (const { D, f, Dp } of tissues) {
    const { signals, truth } = voxels(STUDY, 1000, 20, alike(D, f, Dp));
    const out = await fitted(STUDY, {}, { signals, truth });
    for (const name of ['f', 'Dp'] as const) {
      const mean = out[name].reduce((sum, value) => sum + value, 0) / out.n;
      off[name] += Math.abs(mean / truth[name][0] - 1) / tissues.length;
    }
  }
  // 0.45 and 0.73 with f uniform up to 0.6 and Dp log-uniform up to 0.2.
  assert.ok(off.f < 0.38 && off.Dp < 0.6, JSON.stringify(off));
});

test('quantiles are in order, deviations between those of halves and all of the 95 % interval', async () => {
  const out = await fitted(STUDY, {}, voxels(STUDY, 500, 25, TISSUES.body));
  for (const name of PARAMETERS) {
    const quantiles = out.quantiles![name];
    for (let i = 0; i < out.n; i++) {
      for (let k = 1; k < LEVELS; k++) assert.ok(quantiles[i * LEVELS + k] >= quantiles[i * LEVELS + k - 1]);
      const width = quantiles[i * LEVELS + LEVELS - 1] - quantiles[i * LEVELS];
      // A normal distribution has 1 / 3.92 of it, a uniform one 1 / 3.29, two peaks more, a long tail less.
      const part = out.sd![name][i] / width;
      assert.ok(part > 0.12 && part < 0.45, `${name}: ${part}`);
    }
  }
});

test('measurements that were averaged count as often as they were made', async () => {
  const repeats = Float64Array.of(4, 1, 1, 1, 1, 1, 4, 9);
  const columns = STUDY.flatMap((b, k) => new Array<number>(repeats[k]).fill(b));
  const all = voxels(STUDY, 1, 30, TISSUES.body);
  const n = 4000;
  const sigma = 1 / 15;
  const random = new QuickRandom(5);
  const truth = voxels(STUDY, n, 1e6, TISSUES.study).truth;
  const values = new Float64Array(n * STUDY.length);
  for (let i = 0; i < n; i++) {
    const at = i * STUDY.length;
    for (const b of columns) {
      const s = truth.f[i] * Math.exp(-b * truth.Dp[i]) + (1 - truth.f[i]) * Math.exp(-b * truth.D[i]);
      const measured = Math.hypot(s + sigma * random.gaussian(), sigma * random.gaussian());
      values[at + STUDY.indexOf(b)] += measured / repeats[STUDY.indexOf(b)];
    }
    for (let k = STUDY.length - 1; k >= 0; k--) values[at + k] /= values[at];
  }
  const mean = (repeats.reduce((sum, count) => sum + count) - 4) / 7;
  const signals = {
    ...all.signals,
    n,
    values,
    scale: new Float64Array(n).fill(1),
    sigma: new Float64Array(n).fill(sigma / Math.sqrt(mean)),
  };
  const errorOf = async (task: Partial<FitTask>) => {
    const out = allocateEstimates(n);
    await (await prepared(STUDY, { prior: 'study' }, task)).fit(signals, out);
    return out.D.reduce((sum, D, i) => sum + (D - truth.D[i]) ** 2, 0);
  };
  assert.ok((await errorOf({ averages: repeats })) < 0.98 * (await errorOf({})));
});

test('noise it was not trained for: less is answered as the least, more is no signal', async () => {
  const { signals } = voxels(STUDY, 4, 50, TISSUES.body);
  signals.sigma!.set([0.02, 1e-4, 0.6, NaN]);
  const out = await fitted(STUDY, {}, { signals, truth: voxels(STUDY, 4, 50, TISSUES.body).truth });
  assert.equal([...out.status.subarray(1)], [Status.outOfRange, Status.background, Status.notFinite]);
  assert.ok(
    Number.isFinite(out.D[1]) && Number.isNaN(out.D[2]) && Number.isNaN(out.quantiles!.f[2 * LEVELS]),
  );
});

async function refused(task: Promise<unknown>, message: string): Promise<void> {
  try {
    await task;
  } catch (error) {
    assert.instance(error, InputError);
    assert.match((error as InputError).message, message);
    return;
  }
  assert.unreachable(`not refused: ${message}`);
}

test('refuses protocols it was not trained for, unknown noise and models of others', async () => {
  await refused(prepared([0, 10, 20, 200]), 'the largest is 200 s/mm²; allowed: from 300 to 5000');
  await refused(prepared([0, 10, 20, 9000]), 'the largest is 9000');
  await refused(prepared([0, 600, 700, 800]), 'the smallest above 0 is 600 s/mm²; allowed: up to 500');
  await refused(prepared([0, 100, 800]), '2 of them above 0; allowed: at least 3');
  await refused(prepared(STUDY, { prior: 'tissue' }), 'give data.tissue');
  const constant: TissuePrior = { ...TISSUES.study, D: { constant: 0.001 } };
  await refused(prepared(STUDY, { prior: 'tissue' }, { tissue: constant }), 'D of the tissue is constant');
  const { sigma, ...signals } = voxels(STUDY, 2, 50, TISSUES.study).signals;
  assert.ok(sigma);
  const net = await prepared(STUDY);
  await refused((async () => net.fit(signals, allocateEstimates(2)))(), 'needs the noise level');
  const files = new Map([['manifest.json', new TextEncoder().encode('{"fitter": "dnn"}')]]);
  await refused(prepared(STUDY, {}, { model: { files } }), 'made by fitter dnn, not by any-protocol-net');
  // As a version with 50 inputs saved it.
  const shipped = await unpackNetwork(await (await prepared(STUDY)).save!(), manifest, 'any-protocol-net');
  const network = { ...shipped.manifest.network, inputs: 50 };
  const earlier = await packNetwork({ ...shipped.manifest, network }, initialWeights(network, 1));
  await refused(prepared(STUDY, {}, { model: earlier }), 'takes 50 inputs, but this version computes 56');
});

test('a network of its own for the tissue of a config: the seed decides, saved it answers the same', async () => {
  const brief = { prior: 'tissue', steps: 150, batch: 256, width: 32, depth: 2, learningRate: 0.004 };
  const tissue: TissuePrior = { ...TISSUES.study, f: { normal: { mean: 0.2, sd: 0.05 } } };
  const { signals, truth } = voxels(KAANDORP, 1000, 40, tissue);
  const train = async (seed: number) => {
    const net = await prepared(KAANDORP, brief, { tissue, seed });
    const out = allocateEstimates(signals.n);
    await net.fit(signals, out);
    return { net, out };
  };
  const [one, same, other] = [await train(3), await train(3), await train(4)];
  assert.equal(same.out, one.out);
  assert.not.equal(other.out.D, one.out.D);
  const model = await one.net.save!();
  const again = allocateEstimates(signals.n);
  await (await prepared(KAANDORP, {}, { model })).fit(signals, again);
  assert.equal(again, one.out);
  // Few steps will do, since it begins from a posterior mode.
  const posterior = new PosteriorMean(Float64Array.from(KAANDORP), tissue);
  let [best, found] = [0, 0];
  for (let i = 0; i < signals.n; i++) {
    posterior.integrate(signals.values, i * KAANDORP.length, signals.sigma![i]);
    best += (posterior.f - truth.f[i]) ** 2;
    found += (one.out.f[i] - truth.f[i]) ** 2;
  }
  assert.ok(found < 1.25 * best, `${Math.sqrt(found / best)}`);
});

test.run();
